"""The attacks (a) to (n) of domain.md 2.1d, on what is printed: page, PDF, frozen JSON, and the bars' alternative.

Those that are tried elsewhere: (a) total less shown cells, and (c) overlapping filters: `test_releases`, `test_sums`.
(f) the one who answers in another language: tests/feedback/test_one_in_somali.py and, among the operations,
counting/test_rare_language.py. (g) who is named in what was written: tests/analysis/text (redaction),
counting/test_name_words.py, and a person reads every quote (results/test_release.py). (h) order, places, times and
logs joined: feedback/proof/test_classes.py, test_live.py, privacy/test_order.py, journeys/test_silence.py. (i) the
device and its history: journeys/test_shared_device.py. (j) an audit log that tells a time:
feedback/proof/test_live_around.py (`test_an_action_of_a_respondent_in_the_audit_log_is_told`), answers/test_slips.py.
"""

import io
import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.summarise import summarise
from analysis.summary import Reader, freeze_summary
from analysis.tables import Column, Measure, Tally
from feedback.models import Release, Round
from feedback.operations.finish import finish_round
from feedback.operations.reports.report import Wanted
from feedback.operations.school import School
from feedback.reports.make import make_report
from forms.questions.base import Answer
from tests.desk import Desk
from tests.factories import NOW, a_round, a_staff_member, drop_envelopes

YES_NO = Column("again", Measure.SCALE, ("yes", "no"), frozenset({"yes"}))
_GROUPS = [{"code": "AAAA", "name": "Blue", "size": 20}, {"code": "BBBB", "name": "Green", "size": 20}]


@dataclass(frozen=True)
class Printed:
    """One class, wherever it is printed: all said yes, of the seven of Green three liked the books."""

    page: str
    public: str
    pdf: bytes
    bodies: dict[str, dict[str, Any]]

    @property
    def pdf_text(self) -> str:
        """What a search finds in the PDF."""
        told = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=self.pdf, capture_output=True, check=True)
        return told.stdout.decode()


@pytest.fixture
def printed(school: School, app: Flask) -> Printed:
    """The class, counted and released."""
    round_ = a_round(school, group_size=40, groups=_GROUPS, breakdowns=["group"])
    games: Mapping[str, Answer] = {"again": "yes", "liked": ("games",)}
    books: Mapping[str, Answer] = {"again": "yes", "liked": ("books",)}
    drop_envelopes(school, round_, *[games] * 20, group="AAAA")
    drop_envelopes(school, round_, *[books] * 3, *[{"again": "yes"}] * 4, group="BBBB")
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    finish_round(school, round_.id, today=NOW.date())
    page = Desk(app, a_staff_member(school, "lead")).open(f"/rounds/{round_.id}/results").response.text
    public = app.test_client().get(f"/en/r/{round_.code}/results").text
    with app.app_context():
        pdf = make_report(school, Wanted(round_.id, "en"))
    with Session(school.engine) as session:
        rows = session.scalars(select(Release).where(Release.part == "figures")).all()
        return Printed(page, public, pdf, {row.reader: json.loads(row.body) for row in rows})


def one_question(yes: int, no: int, reader: Reader, group_size: int | None = None) -> str:
    """The frozen figures of a round with one question."""
    tally = Tally("again", yes + no, {"yes": yes, "no": no})
    told = summarise([YES_NO], [tally], reader=reader, respondents=yes + no, group_size=group_size, criterion=None)
    return freeze_summary(told)


@pytest.mark.parametrize("reader", Reader)
def test_attack_b_whether_the_twelfth_answered_cannot_be_seen_before_and_after(reader: Reader) -> None:
    assert one_question(11, 0, reader) == one_question(12, 0, reader)
    assert one_question(6, 5, reader) == one_question(6, 6, reader)


def test_attack_d_nowhere_is_it_said_that_all_of_them_said_yes(printed: Printed) -> None:
    for text in (printed.page, printed.public, printed.pdf_text):
        assert "or more" in text
        assert not re.search(r"\b100\s?%|>0%", text)
    for body in printed.bodies.values():
        assert all(figure["point"] not in (0, 100) for figure in _shares(body))


@pytest.mark.parametrize("reader", Reader)
def test_attack_e_who_knows_three_absent_cannot_tell_whether_all_others_answered(reader: Reader) -> None:
    # 25 in the class: 22 are there, and 20, 21 or 22 of them answered.
    bodies = [json.loads(one_question(answered, 0, reader, 25)) for answered in (20, 21, 22, 23, 24)]
    assert all(body == bodies[0] for body in bodies)


def test_attack_k_the_file_says_neither_who_made_it_nor_where(printed: Printed) -> None:
    with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
        about = " ".join(f"{key} {value}" for key, value in pdf.docinfo.items())
        about += pdf.Root.Metadata.read_bytes().decode()
        inside = b" ".join(part.read_bytes() for part in pdf.objects if isinstance(part, pikepdf.Stream))
        assert not pdf.attachments
    assert "Author" not in about
    assert "creator>" not in about.replace("CreatorTool>", "")
    for secret in (b"example.org", b"/home/", b"/tmp/", b"BBBB"):
        assert secret not in printed.pdf + inside + about.encode()


def test_attack_l_no_bar_and_no_mark_of_a_bar_says_more_than_its_words(printed: Printed) -> None:
    for page, body in ((printed.page, printed.bodies["team"]), (printed.public, printed.bodies["public"])):
        said = {number for figure in _shares(body) for number in (figure["point"], *figure["interval"])}
        drawn = re.findall(r'class="bar ([^"]*)"', page)
        assert drawn
        assert {int(number) for bar in drawn for number in re.findall(r"\b[pfu](\d+)\b", bar)} <= said
        for bar in drawn:
            assert not ("or-more" in bar and re.search(r"\bu\d", bar))
        assert "<svg" not in page.partition("<h1")[2]
        assert not re.search(r"(aria-label|alt|title)=\"[^\"]*\d+ ?%", page)


def test_attack_m_what_is_hidden_has_no_value_in_any_layer(printed: Printed) -> None:
    for body in printed.bodies.values():
        hidden = [one for one in _all(body) if one.get("kind") == "too_few"]
        assert hidden
        assert all(one == {"kind": "too_few"} for one in hidden)
    # Three liked the books: too few for a bar, and seven are in no figure that the public could subtract.
    for text in (printed.page, printed.public, printed.pdf_text):
        assert not re.search(r"\b(3|7|20|27)\b people", text)
        assert "13%" not in text
    assert [one["groups"] for one in printed.bodies["public"]["questions"][0]["breakdowns"]] == [[]]


@pytest.mark.parametrize("reader", Reader)
def test_attack_n_no_percent_under_twenty_people_tells_the_count(reader: Reader) -> None:
    for people in range(5, 20):
        for yes in range(people + 1):
            shares = list(_shares(json.loads(one_question(yes, people - yes, reader))))
            assert all(figure["shape"] != "exactly" and figure["point"] % 5 == 0 for figure in shares)
    # One of thirteen is 7.7 %, which nothing else is.
    assert '"point":20' in one_question(1, 12, reader)


def _all(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a JSON value."""
    if isinstance(value, dict):
        yield value
    for inside in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _all(inside)


def _shares(body: Any) -> list[dict[str, Any]]:
    return [one for one in _all(body) if one.get("kind") == "share"]
