"""Use and test results come in class by class; a file about single pupils is refused by name, and changes nothing."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from pydantic import ValidationError

from feedback.commands import voicebox
from feedback.commands.place import Place
from feedback.config import Settings
from feedback.operations.evidence.import_evidence import import_evidence
from feedback.operations.evidence.read_evidence import MOST_BYTES, Understood, read_evidence
from feedback.operations.evidence.refused import EvidenceRefused
from feedback.operations.pilots.book import entries_of
from feedback.operations.pilots.entries.seen import Assessment, Usage
from feedback.operations.school import School
from tests.factories import NOW, a_pilot, a_staff_member

USAGE = "week,tool,class,active,minutes\n2026-W47,Epic,5A,20,400\n2026-11-16,Epic,5B,3,55\n2026W47,Lexia,5A,10,90.0\n"


def _usage(body: str) -> Understood:
    return read_evidence(body.encode(), "usage")


def _refused(body: str | bytes, kind: str = "usage") -> list[tuple[int, str]]:
    with pytest.raises(EvidenceRefused) as refused:
        read_evidence(body if isinstance(body, bytes) else body.encode(), kind)
    return list(refused.value.rows)


def test_use_is_read_by_class_and_few_pupils_are_not_counted() -> None:
    read = _usage(
        "\ufeff"
        + USAGE.replace(",", ";")
        .replace("minutes", "minutes;grade")
        .replace("400", "400;5")
        .replace("55", "55;5")
        .replace("90.0", "90.0;5")
    )
    assert read.entries == (
        Usage(week="2026-W47", tool="Epic", group="5A", active=20, minutes=400),
        Usage(week="2026-W47", tool="Epic", group="5B", active=None, minutes=None),
        Usage(week="2026-W47", tool="Lexia", group="5A", active=10, minutes=90),
    )
    assert read.not_read == ("grade",)


def test_test_results_single_out_nobody_from_either_side() -> None:
    body = (
        "الاختبار,الصف,التاريخ,عدد المختبرين,عدد الناجحين\nقراءة,5A,2026-11-20,20,14\nقراءة,5B,,20,18\n"
        "قراءة,5C,,20,2\nقراءة,5D,,4,4\nقراءة,5E,,20,20\n"
    )
    counted = [
        (each.took, each.reached)
        for each in read_evidence(body.encode(), "assessment").entries
        if isinstance(each, Assessment)
    ]
    assert counted == [(20, 14), (20, None), (20, None), (None, None), (20, 20)]
    assert read_evidence(body.encode(), "assessment").entries[0].model_dump()["taken_on"] == date(2026, 11, 20)


@pytest.mark.parametrize(
    "head",
    [
        "student_id",
        "Student Name",
        "e-mail",
        "UPN",
        "birthDate",
        "gender",
        "Nombre del alumno",
        "Correo electrónico",
        "اسم الطالب",
        "البريد",
        "Prénom",
        "姓名",
    ],
)
def test_a_column_about_persons_is_refused_by_name_with_the_cure(head: str) -> None:
    ((line, why),) = _refused(f"week,tool,class,active,minutes,{head}\n2026-W47,Epic,5A,20,400,x\n")
    assert line == 1
    assert why == f"The column “{head}” looks like it is about single people. Export by class instead."


@pytest.mark.parametrize(
    "values",
    [("S10234", "S10235", "S10236"), ("a@school.org", "-", "-"), ("Ali Hassan", "Sara Khan", "Fatima Omar")],
)
@pytest.mark.parametrize("head", ["class", "code"])
def test_persons_in_a_column_with_another_name_are_found(head: str, values: tuple[str, ...]) -> None:
    others = "week,tool,active,minutes" + ("" if head == "class" else ",class")
    rows = "".join(
        f"2026-W{40 + n},Epic,20,400{'' if head == 'class' else ',5A'},{value}\n" for n, value in enumerate(values)
    )
    assert f"“{head}” looks like it is about single people" in _refused(f"{others},{head}\n{rows}")[0][1]


def test_rows_of_one_pupil_each_are_refused() -> None:
    ((_line, why),) = _refused("week,tool,class,active,minutes\n2026-W47,Epic,5A,1,20\n2026-W48,Epic,5A,1,10\n")
    assert why.startswith("Each row is about one pupil: “active” is never more than 1.")


def test_every_wrong_line_is_named_with_its_reason() -> None:
    body = (
        "week,tool,class,active,minutes\nsoon,Epic,5A,20,1\n2026-W47,Epic,5B,many,1\n2026-W47,Epic,5C,20,1\n"
        "2026-W47,Epic,5C,9,1\n2026-W47,,5D,9,1\n2026-W54,Epic,5E,9,1\n"
    )
    assert _refused(body) == [
        (2, "“soon” under “week” is no week. Write 2026-W47, or a day of it as 2026-11-16."),
        (3, "“many” under “active” is no number of 0 or more."),
        (5, "The same class is on line 4 already. Put both rows together."),
        (6, "The cell under “tool” is empty."),
        (7, "“2026-W54” under “week” is no week. Write 2026-W47, or a day of it as 2026-11-16."),
    ]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "The file has no rows."),
        ("week,tool\n".encode("utf-16"), "The file is not UTF-8."),
        (b"week,tool,class\n2026-W47,Epic,5A\n", "The file has no column for “active”."),
        (b"week,tool,class,active,minutes\n2026-W47,Epic,5A\n", "The row has more or fewer cells"),
        (b"week,week of,tool,class,active,minutes\n1,2,3,4,5,6\n", "mean the same"),
        (b"x" * (MOST_BYTES + 1), "The file is larger than 1000 kilobytes."),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(body: bytes, why: str) -> None:
    assert why in _refused(body)[0][1]


def test_nobody_writes_a_count_of_few_pupils_past_the_reader() -> None:
    with pytest.raises(ValidationError):
        Usage(week="2026-W47", tool="Epic", group="5A", active=3, minutes=10)


def test_a_row_that_the_book_knows_is_replaced(school: School) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    assert import_evidence(school, lead, pilot.id, _usage(USAGE), now=NOW) == 3
    later = _usage("week,tool,class,active,minutes\n2026-W47,Epic,5A,25,500\n")
    import_evidence(school, lead, pilot.id, later, now=NOW)
    kept = [entry.body for entry in entries_of(school, lead, pilot.id, "usage")]
    assert sorted(body["active"] or 0 for body in kept) == [0, 10, 25]


def _run(school: School, *arguments: str) -> tuple[int, str]:
    def no_app(_settings: Settings) -> Flask:
        raise AssertionError("this command renders nothing")

    environ = {
        "VOICEBOX_SECRET": school.settings.secret,
        "VOICEBOX_INSTANCE": str(school.settings.instance),
        "VOICEBOX_DATABASE_URL": school.settings.database_url,
    }
    ran = CliRunner(env=environ).invoke(voicebox, arguments, obj=Place(no_app))
    return ran.exit_code, ran.output


def test_the_console_keeps_all_rows_or_none(school: School, tmp_path: Path) -> None:
    lead, pilot, file = a_staff_member(school, "lead"), a_pilot(school), tmp_path / "use.csv"
    file.write_text(USAGE, encoding="utf-8")
    assert _run(school, "import-evidence", "Reading app", str(file), "--kind", "usage") == (
        0,
        "3 rows are in the pilot's book.\n",
    )
    file.write_text(USAGE + "2026-W48,Epic,5A,20,some\n", encoding="utf-8")
    status, said = _run(school, "import-evidence", pilot.id, str(file), "--kind", "usage")
    assert (status, "line 5: “some” under “minutes” is no number" in said) == (1, True)
    assert len(entries_of(school, lead, pilot.id, "usage")) == 3
    file.write_text(USAGE, encoding="utf-8")
    assert "There is no pilot Nothing" in _run(school, "import-evidence", "Nothing", str(file), "--kind", "usage")[1]
