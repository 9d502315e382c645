"""Publishing a form: numbered versions that never change, in complete languages, with what is in the way said."""

import pytest

from feedback.operations.errors import DraftChanged, NotFound, NotPermitted, NotReady
from feedback.operations.rounds.course import round_for
from feedback.operations.rounds.newer_version import newer_than, use_newest
from feedback.operations.school import School
from feedback.operations.workshop.drafts import discard_draft, draft_for, start_draft
from feedback.operations.workshop.publish_form import to_publish
from feedback.operations.workshop.published import askable, form_to_ask
from feedback.operations.workshop.versions import draft_from_version, versions_of
from forms.draft import new_draft
from forms.library import names
from forms.problems import InstrumentRefused
from forms.tailor import tailor
from tests.factories import NOW, a_round, a_staff_member
from tests.feedback.forms_made import a_draft, change, publish, reword, the_question


def test_versions_are_numbered_and_stay_as_they_were_published(school: School) -> None:
    lead = a_staff_member(school, "lead")
    draft_id = a_draft(school, lead)
    assert publish(school, lead, draft_id, adapted_from="family-window 1") == 1
    first = form_to_ask(school, "ours")
    change(school, lead, draft_id, reword("again", "Would you use it once more?"))
    # A round's own copy takes a number in the store, and none of the versions'.
    a_round(school, tailor(first, without=["liked"]))
    assert publish(school, lead, draft_id, "Clearer words.") == 2
    told = versions_of(school, lead, draft_id).versions
    assert [(each.number, each.change_note, each.published_on) for each in told] == [
        (2, "Clearer words.", NOW.date()),
        (1, "", NOW.date()),
    ]
    assert told[1].adapted_from == "family-window 1"
    assert told[1].instrument == first
    assert told[0].instrument.question("again").text["en"] == "Would you use it once more?"
    assert [each.title for each in told[1].rounds] == ["Class 2B"]


def test_a_version_has_the_chosen_languages_of_those_that_are_complete(school: School) -> None:
    lead = a_staff_member(school, "lead")
    draft_id = a_draft(school, lead)
    change(school, lead, draft_id, lambda data: the_question(data, "again")["text"].update(en="Again?"))
    ready = to_publish(school, lead, draft_id)
    # The Arabic and Spanish words say what the English ones said before.
    assert (ready.languages, ready.left_out) == (("en",), ("ar", "es"))
    with pytest.raises(NotReady, match="languages"):
        publish(school, lead, draft_id, languages=["en", "ar"])
    publish(school, lead, draft_id)
    assert form_to_ask(school, "ours").languages == ("en",)
    change(school, lead, draft_id, reword("again", "Do you want to use it again?"))
    publish(school, lead, draft_id, "Back to the first words.", languages=["es"])
    assert form_to_ask(school, "ours").languages == ("en", "es")


def test_what_is_missing_is_said_with_its_place_and_its_cure(school: School) -> None:
    lead = a_staff_member(school, "lead")
    bare = new_draft("bare", "Bare", "en", audience="families")
    draft_id = start_draft(school, lead, bare, now=NOW)
    places = [fault.place for fault in to_publish(school, lead, draft_id).faults]
    assert places == [("introduction",), ("sections", 0, "questions")]
    with pytest.raises(InstrumentRefused) as refused:
        publish(school, lead, draft_id)
    assert {problem.place for problem in refused.value.problems} >= {"introduction", "sections[0].questions"}
    assert all(problem.cure for problem in refused.value.problems)
    assert versions_of(school, lead, draft_id).versions == ()


def test_the_checkers_blocks_a_note_and_something_new_are_asked_for(school: School) -> None:
    lead = a_staff_member(school, "lead")
    draft_id = a_draft(school, lead)
    publish(school, lead, draft_id)
    with pytest.raises(NotReady, match="change_note"):
        publish(school, lead, draft_id, "  ")
    assert to_publish(school, lead, draft_id).unchanged
    with pytest.raises(NotReady, match="unchanged"):
        publish(school, lead, draft_id, "Nothing")
    change(school, lead, draft_id, reword("again", "Again?"))
    change(school, lead, draft_id, reword("again", "What is your name?"))
    assert {each.remark.rule for each in to_publish(school, lead, draft_id).blocks} == {"identity"}
    with pytest.raises(NotReady, match="blocked"):
        publish(school, lead, draft_id, "New")
    assert len(versions_of(school, lead, draft_id).versions) == 1


def test_whoever_has_not_seen_the_draft_as_it_is_publishes_nothing(school: School) -> None:
    lead, other = a_staff_member(school, "lead"), a_staff_member(school, account="other@example.org")
    draft_id = a_draft(school, lead)
    change(school, lead, draft_id, reword("again", "Again?"))
    with pytest.raises(DraftChanged):
        publish(school, lead, draft_id, revision=1)
    with pytest.raises(NotFound):
        to_publish(school, other, draft_id)
    with pytest.raises(NotPermitted):
        publish(school, a_staff_member(school, "officer", account="officer@example.org"), draft_id)


def test_own_forms_are_offered_first_and_stay_when_their_draft_is_gone(school: School) -> None:
    lead = a_staff_member(school, "lead")
    draft_id = a_draft(school, lead)
    assert [each.version for each in askable(school)] == [None] * len(names())
    publish(school, lead, draft_id)
    discard_draft(school, lead, draft_id, now=NOW)
    offered = askable(school)
    assert (offered[0].instrument.id, offered[0].version) == ("ours", 1)
    assert [each.instrument.id for each in offered[1:]] == list(names())


def test_a_draft_can_begin_as_a_version_in_all_its_languages(school: School) -> None:
    lead = a_staff_member(school, "lead")
    draft_id = a_draft(school, lead)
    publish(school, lead, draft_id)
    change(school, lead, draft_id, lambda data: data["sections"][0]["questions"].pop())
    again = draft_from_version(school, lead, draft_id, 1, now=NOW)
    seen = draft_for(school, lead, again)
    assert (seen.draft.name, seen.draft.adapted_from) == ("ours-2", "ours 1")
    assert len(seen.data["sections"][0]["questions"]) == 5
    assert set(to_publish(school, lead, again).languages) == {"en", "ar", "es"}
    with pytest.raises(NotFound):
        draft_from_version(school, lead, draft_id, 7, now=NOW)


def test_a_draft_round_takes_over_the_newest_version_and_keeps_what_was_changed_for_it(school: School) -> None:
    lead = a_staff_member(school, "lead")
    draft_id = a_draft(school, lead)
    publish(school, lead, draft_id)
    own = tailor(form_to_ask(school, "ours"), without=["days"], wording={"ease": {"en": "How easy for you?"}})
    round_ = a_round(school, own, state="draft")
    status = round_for(school, lead, round_.id)
    assert newer_than(school, status.round) is None
    with pytest.raises(NotReady, match="newest"):
        use_newest(school, lead, round_.id, now=NOW)
    change(school, lead, draft_id, reword("again", "Once more?"))
    publish(school, lead, draft_id, "Shorter.")
    assert newer_than(school, status.round) == 2
    with pytest.raises(NotReady, match="newer_languages"):
        use_newest(school, lead, round_.id, now=NOW)
    english = a_round(school, own, state="draft", languages=["en"])
    assert use_newest(school, lead, english.id, now=NOW) == 2
    asked = round_for(school, lead, english.id).instrument
    assert (asked.version, asked.question("again").text["en"]) == (2, "Once more?")
    assert asked.question("ease").text["en"] == "How easy for you?"
    assert "days" not in {question.id for question in asked.questions}
    assert newer_than(school, round_for(school, lead, english.id).round) is None
