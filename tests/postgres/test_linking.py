"""Whoever may ask the server anything learns neither which slip let an envelope in, nor who came first (L2 to L5)."""

from collections import Counter
from itertools import combinations
from statistics import mean

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from feedback.db.postgresql import RESPONDENT_TABLES
from feedback.models import Base, Envelope, Round, Slip
from feedback.operations.answers.publish import Asked, open_for_answers
from feedback.operations.answers.respond import accept
from feedback.operations.answers.shake import shake
from feedback.operations.answers.slips import print_slips
from feedback.operations.school import School
from feedback.privacy.receipts import envelope_id, new_form_key, receipt_of
from feedback.privacy.slips import tag
from tests.factories import NOW, a_round, a_staff_member
from tests.postgres_server import Server

_RUNS = 30
#: (tag of the slip, id of the envelope that it let in), in the order of arrival.
Truth = list[tuple[str, str]]


class _Box:
    """An open round with slips, filled and emptied again and again."""

    def __init__(self, school: School, server: Server, people: int) -> None:
        self.school, self.server, self.people = school, server, people
        self.round: Round = a_round(school, slips=True, group_size=people)
        self.lead = a_staff_member(school, "lead")
        self.asked: Asked = open_for_answers(school, self.round.code, "en", now=NOW)

    def fill(self) -> Truth:
        with Session(self.school.engine) as session, session.begin():
            session.execute(delete(Envelope))
            session.execute(delete(Slip))
            session.get_one(Round, self.round.id).slips_printed = 0
        pepper = self.school.keystore.pepper(self.round.id)
        truth: Truth = []
        for code in print_slips(self.school, self.lead, self.round.id, self.people, now=NOW):
            form_key = new_form_key()
            accept(self.school, self.asked, form_key, {"again": "yes"}, slip=code, now=NOW)
            truth.append((tag(code, None, pepper), envelope_id(receipt_of(form_key, pepper), pepper)))
        return truth

    def ask(self, sql: str) -> list[tuple[str, ...]]:
        """As the server's superuser, who may see everything."""
        database = str(self.school.engine.url.database)
        return [tuple(map(str, row)) for row in self.server.ask(sql, database)]

    def by_transaction(self) -> Truth:
        return [
            (slip, envelope)
            for slip, envelope in self.ask(
                "SELECT min(tag), min(e.id) FROM slip s JOIN envelope e ON s.xmin::text = e.xmin::text "
                "GROUP BY s.xmin::text HAVING count(*) = 1"
            )
        ]

    def by_place(self) -> Truth:
        slips, envelopes = self._places("tag", "slip"), self._places("id", "envelope")
        return list(zip(slips, envelopes, strict=True))

    def tau(self, truth: Truth) -> float:
        """Kendall's tau between the order of arrival and the place in the table: 0 is chance, 1 or -1 is known."""
        envelopes = self._places("id", "envelope")
        places = [envelopes.index(envelope) for _slip, envelope in truth]
        pairs = list(combinations(places, 2))
        return sum(1 if first < second else -1 for first, second in pairs) / len(pairs)

    def _places(self, column: str, table: str) -> list[str]:
        return [name for (name,) in self.ask(f"SELECT {column} FROM {table} ORDER BY ctid")]  # noqa: S608 - our names


@pytest.fixture(params=[12, 25])
def box(request: pytest.FixtureRequest, school: School, postgresql: Server) -> _Box:
    """The box of a small and of a large class."""
    return _Box(school, postgresql, request.param)


def test_after_a_shake_neither_transactions_nor_places_link_or_order_anything(box: _Box) -> None:
    taus, matches = [], 0
    for _ in range(_RUNS):
        truth = box.fill()
        shake(box.school, now=NOW)
        assert box.ask("SELECT count(DISTINCT xmin::text) FROM envelope") == [("1",)]
        assert box.ask("SELECT count(DISTINCT xmin::text) FROM slip") == [("1",)]
        assert box.by_transaction() == []
        taus.append(box.tau(truth))
        matches += len(set(truth) & set(box.by_place()))
    assert abs(mean(taus)) <= 0.15
    # By chance one of a class is matched, whatever its size: 30 in 30 runs. More than 60 come once in a million tries.
    assert matches <= 2 * _RUNS


def test_without_a_shake_one_line_of_sql_links_every_slip_and_the_order_is_known(box: _Box) -> None:
    # The negative control: this is what the shake is there for.
    truth = box.fill()
    assert set(box.by_transaction()) == set(truth)
    assert set(box.by_place()) == set(truth)
    assert box.tau(truth) == 1.0


def test_a_shake_leaves_no_trace_of_earlier_transactions_in_the_pages(box: _Box) -> None:
    truth = box.fill()
    shake(box.school, now=NOW)
    # Not only what is shown: rows that were deleted are gone from the pages, with their transactions.
    box.ask("CREATE EXTENSION IF NOT EXISTS pageinspect")
    for table in ("envelope", "slip"):
        headers = box.ask(
            f"SELECT t_xmin, t_xmax FROM generate_series(0, pg_relation_size('{table}') / 8192 - 1) AS page, "  # noqa: S608 - our names
            f"heap_page_items(get_raw_page('{table}', page::int))"
        )
        assert len(headers) == len(truth)
        assert len(Counter(headers)) == 1


def test_no_table_of_respondents_has_a_counter_or_a_moment(school: School, postgresql: Server) -> None:
    database = str(school.engine.url.database)
    assert postgresql.ask("SELECT relname FROM pg_class WHERE relkind = 'S'", database) == []
    columns = "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
    kinds = [row for row in postgresql.ask(columns, database) if row[0] in RESPONDENT_TABLES]
    timed = {(table, column) for table, column, kind in kinds if "time" in str(kind) or "date" in str(kind)}
    # Days of releases, of what was made of them, and of what staff wrote.
    days = {("release", "released_on"), ("roll_up", "released_on"), ("evidence", "frozen_on")}
    assert timed == days | {("book_entry", "written_on")}
    assert {(table, kind) for table, _column, kind in kinds if kind == "uuid"} == set()


def test_every_table_about_a_round_is_rewritten() -> None:
    about_rounds = {"round", "release"}
    found = {
        table.name
        for table in Base.metadata.tables.values()
        if any(key.column.table.name in about_rounds for key in table.foreign_keys)
    }
    # Not the rounds themselves, and not what staff ask for or are named for: more slips, a report, readers, families.
    found -= {"round", "slip_request", "report_request", "reader", "family_notice", "participation"}
    # And what repeats the figures of several rounds, or of a pilot's.
    assert found | {"roll_up", "evidence", "pilot_document"} == set(RESPONDENT_TABLES)
