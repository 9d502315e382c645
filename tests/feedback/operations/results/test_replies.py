"""You said, we thought, we did: who may answer, what a reply needs, and in which languages people read it."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from analysis.summary import Reader, TooFew
from feedback.models import AuditEntry, BookEntry, Round
from feedback.operations.errors import NotFound, NotPermitted, NotReady, StillInTheBox, WrongState
from feedback.operations.pilots.entries.replied import Said
from feedback.operations.results import replies
from feedback.operations.results.read_replies import ReplyLine, answered, replies_for
from feedback.operations.results.reply_words import PROMISES, WITHOUT_A_DAY, NewReply, kind_of
from feedback.operations.retention.purge import delete_results
from feedback.operations.school import School
from feedback.reply_sentences import sentences
from tests.factories import NOW, a_pilot, a_round, a_staff_member
from tests.feedback.replied import a_counted_round, a_reply, hide_from_everybody, ready

OWN = Said(free={"en": "We put the books on a lower shelf."})
TODAY = date(2026, 11, 23)


def test_a_ready_sentence_is_published_in_every_language_of_the_round(school: School) -> None:
    teacher, round_ = a_counted_round(school)
    id_ = replies.write_reply(school, teacher, round_.id, a_reply(ready("more_breaks")), now=NOW)
    assert answered(school, round_.code, "en").lines == ()
    replies.publish_reply(school, teacher, id_, now=NOW)
    english, arabic = (answered(school, round_.code, spoken) for spoken in ("en", "ar"))
    (line,) = english.lines
    assert (line.thought, line.answer, line.answer_is) == ("We agree with you.", "There are more breaks now.", "did")
    assert (line.you_said.question, line.you_said.cells) == ("again", ("yes",))
    assert (len(arabic.lines), arabic.more, english.more) == (1, False, False)


def test_own_words_are_read_only_in_languages_that_a_person_wrote_or_read(school: School) -> None:
    teacher, round_ = a_counted_round(school)
    id_ = replies.write_reply(school, teacher, round_.id, a_reply(OWN), now=NOW)
    replies.publish_reply(school, teacher, id_, now=NOW)

    def told() -> list[tuple[int, bool]]:
        found = [answered(school, round_.code, spoken) for spoken in ("en", "ar")]
        return [(len(each.lines), each.more) for each in found]

    assert told() == [(1, False), (0, True)]
    text = {"answer": "وضعنا الكتب على رف أخفض."}
    replies.translate_reply(school, teacher, id_, "ar", text, by_machine=True, now=NOW)
    assert told() == [(1, False), (0, True)]
    replies.translate_reply(school, teacher, id_, "ar", text, by_machine=False, now=NOW)
    assert told() == [(1, False), (1, False)]
    (written,) = replies.replies_of(school, teacher, round_.id).written
    assert (written.ready, written.waiting) == (("en", "ar"), ("es",))
    with pytest.raises(NotFound):
        replies.translate_reply(school, teacher, id_, "fr", text, by_machine=False, now=NOW)


def test_a_changed_text_is_a_draft_and_its_translations_have_to_be_read_again(school: School) -> None:
    teacher, round_ = a_counted_round(school)
    id_ = replies.write_reply(school, teacher, round_.id, a_reply(OWN), now=NOW)
    replies.translate_reply(school, teacher, id_, "ar", {"answer": "رف"}, by_machine=False, now=NOW)
    replies.publish_reply(school, teacher, id_, now=NOW)
    replies.change_reply(school, teacher, id_, a_reply(Said(free={"en": "We did nothing."})), now=NOW)
    assert answered(school, round_.code, "en").lines == ()
    replies.publish_reply(school, teacher, id_, now=NOW)
    assert [len(answered(school, round_.code, spoken).lines) for spoken in ("en", "ar")] == [1, 0]
    (written,) = replies.replies_of(school, teacher, round_.id).written
    assert written.body.answer.drafted == ("ar",)


def test_nobody_publishes_what_nobody_could_read(school: School) -> None:
    teacher, round_ = a_counted_round(school)
    id_ = replies.write_reply(school, teacher, round_.id, a_reply(Said(free={"fr": "Oui."})), now=NOW)
    with pytest.raises(NotReady, match="words"):
        replies.publish_reply(school, teacher, id_, now=NOW)


def test_a_promise_is_kept_on_a_day_and_a_reply_can_be_taken_back_and_given_anew(school: School) -> None:
    teacher, round_ = a_counted_round(school)
    promise = a_reply(ready("less_homework", day="2026-12-01"), "will")
    id_ = replies.write_reply(school, teacher, round_.id, promise, now=NOW)
    with pytest.raises(WrongState, match="draft"):
        replies.keep_reply(school, teacher, id_, on=TODAY, now=NOW)
    replies.publish_reply(school, teacher, id_, now=NOW)
    with pytest.raises(NotReady, match="on"):
        replies.keep_reply(school, teacher, id_, on=date(2026, 11, 24), now=NOW)
    replies.keep_reply(school, teacher, id_, on=TODAY, now=NOW)
    (line,) = _read(school, round_)
    assert (line.due, line.kept_on, line.says_due) == (date(2026, 12, 1), TODAY, True)
    with pytest.raises(WrongState, match="replied"):
        replies.write_reply(school, teacher, round_.id, promise, now=NOW)
    replies.withdraw_reply(school, teacher, id_, now=NOW)
    assert _read(school, round_) == ()
    replies.write_reply(school, teacher, round_.id, promise, now=NOW)
    with Session(school.engine) as session:
        said = [entry.action for entry in session.query(AuditEntry) if entry.action.startswith("reply_")]
    assert said == ["reply_published", "reply_withdrawn"]


@pytest.mark.parametrize(
    ("reply", "missing"),
    [
        (a_reply(Said()), "answer"),
        (a_reply(OWN, thought=Said()), "thought"),
        (a_reply(OWN, thought=ready("more_breaks")), "thought"),
        (a_reply(ready("nothing")), "answer"),
        (a_reply(ready("agree")), "answer"),
        (a_reply(ready("no_law"), "did"), "answer"),
        (a_reply(ready("less_homework"), "will"), "answer_day"),
        (a_reply(ready("more_time", number="many")), "answer_number"),
        (a_reply(ready("more_devices", number="4"), "will"), "due"),
        (a_reply(OWN, "will"), "due"),
    ],
)
def test_a_reply_that_lacks_something_is_not_kept(school: School, reply: NewReply, missing: str) -> None:
    teacher, round_ = a_counted_round(school)
    with pytest.raises(NotReady) as refused:
        replies.write_reply(school, teacher, round_.id, reply, now=NOW)
    assert refused.value.missing == (missing,)


def test_only_whoever_may_see_a_rounds_results_answers_it(school: School) -> None:
    shared = a_pilot(school, standing=True)
    teacher, round_ = a_counted_round(school, pilot=shared)
    stranger = a_staff_member(school, account="other@example.org")
    a_round(school, pilot=shared, owner_id=stranger.id)
    officer = a_staff_member(school, "officer", account="officer@example.org")
    for by, refusal in ((stranger, NotFound), (officer, NotPermitted)):
        with pytest.raises(refusal):
            replies.write_reply(school, by, round_.id, a_reply(OWN), now=NOW)
        with pytest.raises(refusal):
            replies.replies_of(school, by, round_.id)
    with pytest.raises(NotFound):
        replies.write_reply(school, teacher, round_.id, a_reply(OWN, question="shoe-size"), now=NOW)
    with pytest.raises(StillInTheBox):
        replies.replies_of(school, teacher, a_round(school, owner_id=teacher.id).id)


def test_what_the_public_release_hides_is_not_said_in_a_reply(school: School) -> None:
    teacher, round_ = a_counted_round(school)
    id_ = replies.write_reply(school, teacher, round_.id, a_reply(OWN), now=NOW)
    replies.publish_reply(school, teacher, id_, now=NOW)
    hide_from_everybody(school, round_)
    (public,), (team,) = _read(school, round_), _read(school, round_, Reader.TEAM)
    assert (public.you_said.cells, public.you_said.figure) == ((), TooFew())
    assert team.you_said.cells == ("yes",)


def test_replies_go_with_the_figures_that_they_repeat(school: School) -> None:
    teacher, round_ = a_counted_round(school)
    replies.write_reply(school, teacher, round_.id, a_reply(OWN), now=NOW)
    delete_results(school, round_.id, today=TODAY)
    with Session(school.engine) as session:
        assert session.query(BookEntry).count() == 0


def test_every_sentence_that_promises_is_one_of_the_banks() -> None:
    did = {each.code for each in sentences("did")}
    assert did > PROMISES > WITHOUT_A_DAY
    assert {kind_of(each.code) for each in sentences("no_because")} == {"no_because"}


def _read(school: School, round_: Round, reader: Reader = Reader.PUBLIC) -> tuple[ReplyLine, ...]:
    with Session(school.engine) as session:
        return replies_for(session, session.get_one(Round, round_.id), "en", reader)
