"""A school may ask for larger crowds than the floor; then less is shown, and nothing else changes."""

from analysis.add_up import Answered, add_up
from analysis.raised import raised
from analysis.summarise import summarise
from analysis.summary import Breakdown, People, Reader, Summary, TooFew
from analysis.tables import Column, Measure
from analysis.verdict import Criterion

_OFTEN = Column("often", Measure.CHOICE, ("yes", "no"), frozenset({"yes"}))
_SELDOM = Column("seldom", Measure.CHOICE, ("yes", "no"), frozenset({"yes"}))


def _summary(reader: Reader = Reader.TEAM) -> Summary:
    """Thirty people, of whom twelve answered the second question; twenty of one group and ten of another."""
    said: list[Answered] = [{"often": ("yes" if place % 2 else "no",)} for place in range(30)]
    said[:12] = [{**each, "seldom": ("yes" if place % 2 else "no",)} for place, each in enumerate(said[:12])]
    columns = [_OFTEN, _SELDOM]
    tallies = add_up(columns, said, groups={"group": ["A"] * 20 + ["B"] * 10})
    criterion = Criterion("seldom", ("yes",), 60, 5)
    return summarise(columns, tallies, reader=reader, respondents=30, group_size=40, criterion=criterion)


def test_at_the_floor_nothing_changes() -> None:
    summary = _summary()
    assert raised(summary, 5) is summary
    assert any(isinstance(group.people, People) for group in summary.question("often").breakdowns[0].groups)


def test_a_question_with_fewer_people_goes_with_all_that_is_said_of_it() -> None:
    told = raised(_summary(), 15)
    assert isinstance(told.question("often").people, People)
    assert isinstance(told.question("seldom").people, TooFew)
    assert isinstance(told.question("seldom").headline, TooFew)
    assert told.question("seldom").bars == ()
    assert told.criterion is not None
    assert isinstance(told.criterion.figure, TooFew)
    assert all(finding.question != "seldom" for finding in told.findings)


def test_a_breakdown_goes_as_a_whole() -> None:
    assert raised(_summary(), 15).question("often").breakdowns == (Breakdown("group"),)
    assert raised(_summary(), 10).question("often").breakdowns == _summary().question("often").breakdowns


def test_where_the_round_itself_is_too_small_nothing_is_left() -> None:
    told = raised(_summary(Reader.PUBLIC), 35)
    assert isinstance(told.people, TooFew)
    assert told.rate is None
    assert all(isinstance(question.headline, TooFew) for question in told.questions)
