"""Registers say what is so: article 30's fields, leaks with proofs that there are, releases that are made again."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from feedback.i18n import Catalogue, speaking
from feedback.models import Pilot, Release, Round, Tally
from feedback.operations.audit.registers import disclosure, processing
from feedback.operations.audit.registers.all import REGISTERS, make_register
from feedback.operations.audit.registers.facts import FACTS, facts_now, write_facts
from feedback.operations.audit.registers.kind import Register, Section, register_csv
from feedback.operations.audit.registers.leaks import LEAKS, LEFT
from feedback.operations.audit.registers.not_kept import NOT_KEPT
from feedback.operations.finish import finish_round
from feedback.operations.school import School
from tests.factories import NOW, a_pilot, a_round, a_staff_member, drop_envelopes

_ROOT = Path(__file__).resolve().parents[5]
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _spoken(app: Flask) -> Iterator[None]:
    with app.app_context(), speaking("en", Catalogue.STAFF):
        yield


def _made(school: School, name: str) -> Register:
    with Session(school.engine) as session:
        return make_register(session, school, name, "en").register


def _counted(school: School) -> Round:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes" if number < 9 else "no"} for number in range(12)])
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    finish_round(school, round_.id, today=TODAY)
    return round_


def test_every_field_of_article_30_is_filled_for_every_pilot(school: School) -> None:
    a_round(school)
    a_pilot(school)
    register = _made(school, processing.NAME)
    assert len(register.sections) == 3
    for section in register.sections[1:]:
        assert len(section.rows) == len(processing.FIELDS)
        assert all(said.strip() for _field, said in section.rows)
    assert len(register.missing) == 4


def test_once_written_down_nothing_is_missing_and_what_may_be_is_none(school: School) -> None:
    a_round(school)
    officer = a_staff_member(school, "officer")
    needed = {name: f"The {name}" for name in FACTS if name not in ("joint_controller", "representative", "transfers")}
    write_facts(school, officer, needed, now=NOW)
    assert [name for name in REGISTERS if _made(school, name).missing] == []
    with Session(school.engine) as session:
        pilot = session.query(Pilot).one()
        fields = processing.fields_of(pilot, facts_now(session), "en")
    assert (fields["joint_controller"], fields["representative"], fields["transfers"]) == ("None", "None", "None")
    assert fields["dpo"] == "The dpo_contact"
    assert "The hosting" in fields["security"]


def test_every_statement_stands_in_its_register(school: School) -> None:
    _counted(school)
    for name in REGISTERS:
        register = _made(school, name)
        said = {section.id: section.sentences for section in register.sections}
        assert register.statements, name
        assert all(each.sentence in said[each.at] for each in register.statements), name
        assert all(len(row) == len(section.head) for section in register.sections for row in section.rows)


def _names_of_checks() -> set[str]:
    """What stands between quotation marks in the proof: the names of its lines, or their beginnings, are among it."""
    trees = [ast.parse(path.read_text()) for path in (_ROOT / "feedback/proof").glob("*.py")]
    parts = [part.value for tree in trees for part in ast.walk(tree) if isinstance(part, ast.Constant)]
    texts = {part for part in parts if isinstance(part, str)}
    return texts | {f"{text}25" for text in texts if text.endswith("class of ")}


def test_every_leak_has_a_proof_that_there_is() -> None:
    lines = _names_of_checks()
    proofs = {proof for leak in LEAKS for proof in leak.proofs} | {
        each for *_words, shown in NOT_KEPT for each in shown
    }
    assert [proof for proof in proofs if not (_ROOT / proof).is_file() and proof not in lines] == []
    assert [leak.code for leak in LEAKS] == [f"L{number}" for number in range(1, 25)]
    assert all(leak.proofs and leak.left in LEFT for leak in LEAKS)


def _outcomes(school: School) -> set[str]:
    with Session(school.engine) as session:
        return {
            each.outcome for each in disclosure.releases_checked(session, school.settings) if each.part == "figures"
        }


def _change_tallies(session: Session, round_: Round) -> None:
    cells = update(Tally).where(Tally.round_id == round_.id, Tally.cell.in_(("yes", "no")))
    session.execute(cells.values(people=12 - Tally.people))


def _purge_tallies(session: Session, round_: Round) -> None:
    session.get_one(Round, round_.id).tallies_purged_on = TODAY


def _change_release(session: Session, _round: Round) -> None:
    session.execute(update(Release).values(body=Release.body + " "))


@pytest.mark.parametrize(
    ("change", "outcome"), [(_change_tallies, "differs"), (_purge_tallies, "purged"), (_change_release, "changed")]
)
def test_releases_are_made_again(school: School, change: Callable[[Session, Round], None], outcome: str) -> None:
    round_ = _counted(school)
    assert _outcomes(school) == {"equal"}
    with Session(school.engine) as session, session.begin():
        change(session, round_)
    assert _outcomes(school) == {outcome}


def test_hidden_figures_are_numbers_of_and_nothing_else(school: School) -> None:
    _counted(school)
    with Session(school.engine) as session:
        found = list(disclosure.releases_checked(session, school.settings))
    assert [(each.part, each.reader) for each in found] == [("figures", "public"), ("figures", "team")]
    # Three questions that nobody answered, and no others.
    assert all(each.hidden and each.hidden > 0 for each in found)
    words = str(_made(school, disclosure.NAME))
    assert "Do you want to use it again?" not in words


def test_a_csv_has_no_formula_and_one_width() -> None:
    sections = (Section("a", "=1+1", ("@said",)), Section("b", "B", (), ("x", "y", "z"), (("+1", "2", "3"),)))
    lines = register_csv(Register("name", "Title", sections)).decode("utf-8-sig").splitlines()
    assert lines == ['"\'=1+1","\'@said","",""', '"","x","y","z"', '"B","\'+1","2","3"']
