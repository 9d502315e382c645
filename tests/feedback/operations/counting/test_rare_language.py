"""Twenty-five wrote in English and one in Somali: the one counts, and nobody is told in which language it was."""

import json
import re

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, Comment, Release, Round, StaffMember, Translations
from feedback.operations.errors import NotFound, NotPermitted, NotReady
from feedback.operations.results.release import release_words
from feedback.operations.review.interpret import next_to_translate, not_this_language, to_translate, translate
from feedback.operations.review.sort import quote_comment, sort_comment
from feedback.operations.review.steps import undo_step
from feedback.operations.review.themes import decide_theme
from feedback.operations.review.under_review import ThemeInReview, review_of
from feedback.operations.school import School
from feedback.privacy.sealed_text import open_text
from tests.desk import Desk
from tests.factories import NOW, a_staff_member
from tests.feedback.review import Said, a_round_to_review, cold_lunch

TODAY = NOW.date()
SOMALI = Said("qadadu waa qabow maalin kasta", "so")


def _mixed(school: School) -> Round:
    return a_round_to_review(school, [*cold_lunch(25), SOMALI])


def _theme(school: School, round_: Round) -> ThemeInReview:
    lead = a_staff_member(school, "lead", account="looks")
    (question,) = review_of(school, lead, round_.id).questions
    (theme,) = question.themes
    return theme


def _interpreter(school: School, *languages: str, account: str = "interpreter") -> StaffMember:
    member = a_staff_member(school, "interpreter", account=account)
    member.languages = list(languages)
    with Session(school.engine) as session, session.begin():
        session.merge(member)
    return member


def test_it_counts_and_waits_and_reviewers_learn_neither_words_nor_language(school: School) -> None:
    theme = _theme(school, _mixed(school))
    assert (theme.people, len(theme.comments), theme.waits) == (26, 25, True)
    assert SOMALI.text not in repr(theme)
    assert "'so'" not in repr(theme)
    assert theme.languages == (("en", 25),)


def test_a_language_that_ten_wrote_in_is_no_name_tag(school: School) -> None:
    many = [Said(f"{SOMALI.text} {number}", "so") for number in range(10)]
    theme = _theme(school, a_round_to_review(school, [*cold_lunch(16), *many]))
    assert (theme.people, len(theme.comments), theme.waits) == (26, 26, False)
    assert dict(theme.languages) == {"en": 16, "so": 10}


def test_its_translation_is_read_reviewed_and_quoted_without_the_language(school: School, app: Flask) -> None:
    round_, lead = _mixed(school), a_staff_member(school, "lead")
    interpreter = _interpreter(school, "so")
    waiting = next_to_translate(school, interpreter, today=TODAY)
    assert waiting is not None
    assert (waiting.text, waiting.language) == (SOMALI.text, "so")
    translate(school, interpreter, waiting.id, words="Lunch is cold every day.", how="person", now=NOW)
    assert next_to_translate(school, interpreter, today=TODAY) is None
    theme = _theme(school, round_)
    (told,) = [comment for comment in theme.comments if comment.retold]
    assert (told.shown, told.language, told.translated_by) == ("Lunch is cold every day.", "en", "person")
    desk = Desk(app, lead)
    path = f"/rounds/{round_.id}/review"
    for page in (path, f"{path}/themes/{theme.theme.id}?page=2", f"{path}/comments/{told.id}?of={theme.theme.id}"):
        words = desk.open(page).response.text
        assert SOMALI.text not in words
        assert 'lang="so"' not in words
        assert "Soomaali" not in words
    decide_theme(school, lead, round_.id, theme.theme.id, decision="accepted", label="Lunch", now=NOW)
    quote_comment(school, lead, round_.id, theme.theme.id, told.id, wording=told.shown, could_tell=False, now=NOW)
    release_words(school, lead, round_.id, today=TODAY, now=NOW)
    with Session(school.engine) as session:
        bodies = list(session.scalars(select(Release.body).where(Release.part == "words")))
    for body in bodies:
        (quote,) = json.loads(body)["questions"][0]["themes"][0]["quotes"]
        assert quote == {"text": "Lunch is cold every day.", "language": "en", "retold": True}
        assert SOMALI.text not in body
    assert "Told in other words" in desk.open(f"/rounds/{round_.id}/results").words


def test_who_has_the_file_cannot_tell_which_comment_was_translated(school: School) -> None:
    round_ = _mixed(school)
    interpreter = _interpreter(school, "so")
    with Session(school.engine) as session:
        box_before = session.scalars(select(func.length(Translations.sealed))).one()
    waiting = next_to_translate(school, interpreter, today=TODAY)
    assert waiting is not None
    translate(school, interpreter, waiting.id, words="Lunch is cold every day. " * 40, how="machine", now=NOW)
    with Session(school.engine) as session:
        sizes = set(session.scalars(select(func.length(Comment.sealed_reading))))
        box = session.scalars(select(func.length(Translations.sealed))).one()
        written = [entry for entry in session.scalars(select(AuditEntry)) if entry.action == "comment_translated"]
        row = session.get_one(Comment, waiting.id)
        sealed, data_key = row.sealed_reading, school.keystore.data_key(round_.id)
    assert (sizes, box, box_before) == ({512}, 16_384, 16_384)
    assert [(entry.object_id, entry.facts) for entry in written] == [(interpreter.id, {})]
    # The control: whoever has the key reads that it is Somali, so the sizes are of something that tells.
    assert open_text(sealed or b"", data_key, bound_to=f"{round_.id} wish")["language"] == "so"


def test_a_translation_without_words_without_end_or_by_nobody_is_refused(school: School) -> None:
    _mixed(school)
    interpreter = _interpreter(school, "so")
    waiting = next_to_translate(school, interpreter, today=TODAY)
    assert waiting is not None
    for words, how, missing in (("x" * 1501, "person", "too_long"), (" ", "person", "words"), ("x", "guess", "how")):
        with pytest.raises(NotReady, match=missing):
            translate(school, interpreter, waiting.id, words=words, how=how, now=NOW)


def test_a_reviewer_can_neither_sort_nor_quote_what_nobody_may_read_yet(school: School, app: Flask) -> None:
    round_, lead = _mixed(school), a_staff_member(school, "lead")
    theme, waiting = _theme(school, round_), next_to_translate(school, _interpreter(school, "so"), today=TODAY)
    assert waiting is not None
    with pytest.raises(NotReady, match="quotes"):
        quote_comment(school, lead, round_.id, theme.theme.id, waiting.id, wording="cold", could_tell=False, now=NOW)
    assert Desk(app, lead).status(f"/rounds/{round_.id}/review/comments/{waiting.id}") == 404


def test_an_interpreter_sees_only_comments_in_the_languages_of_the_account(school: School) -> None:
    round_ = a_round_to_review(school, [*cold_lunch(12), SOMALI, Said("الغداء بارد", "ar")])
    interpreter = _interpreter(school, "so", "en")
    seen = next_to_translate(school, interpreter, today=TODAY)
    assert seen is not None
    assert seen.language == "so"
    with Session(school.engine) as session:
        others = set(session.scalars(select(Comment.id).where(Comment.round_id == round_.id))) - {seen.id}
    for other in others:
        with pytest.raises(NotFound):
            to_translate(school, interpreter, other, today=TODAY)
    with pytest.raises(NotPermitted):
        next_to_translate(school, a_staff_member(school, "reader", account="reader"), today=TODAY)


def test_what_is_in_another_language_than_was_thought_is_not_shown_again(school: School) -> None:
    round_ = _mixed(school)
    interpreter = _interpreter(school, "so")
    seen = next_to_translate(school, interpreter, today=TODAY)
    assert seen is not None
    not_this_language(school, interpreter, seen.id, now=NOW)
    assert next_to_translate(school, interpreter, today=TODAY) is None
    assert _theme(school, round_).people == 26


def test_a_teacher_who_interprets_translates_nothing_of_the_own_class(school: School) -> None:
    interpreter = _interpreter(school, "so")
    a_round_to_review(school, [*cold_lunch(25), SOMALI], owner_id=interpreter.id)
    assert next_to_translate(school, interpreter, today=TODAY) is None
    _mixed(school)
    assert next_to_translate(school, interpreter, today=TODAY) is not None


def test_a_quote_in_a_language_that_turns_out_to_be_rare_is_not_shown_in_it(school: School) -> None:
    lead, somali = a_staff_member(school, "lead"), [Said(f"{SOMALI.text} {number}", "so") for number in range(10)]
    round_ = a_round_to_review(school, [*cold_lunch(16), *somali])
    theme, interpreter = _theme(school, round_), _interpreter(school, "so")
    first, second = [comment for comment in theme.comments if comment.language == "so"][:2]
    decide_theme(school, lead, round_.id, theme.theme.id, decision="accepted", label="Lunch", now=NOW)
    place = round_.id, theme.theme.id, first.id
    quote_comment(school, lead, *place, wording="qadadu waa qabow", could_tell=False, now=NOW)
    translate(school, interpreter, first.id, words="Lunch is cold.", how="person", now=NOW)
    not_this_language(school, interpreter, second.id, now=NOW)
    release_words(school, lead, round_.id, today=TODAY, now=NOW)
    with Session(school.engine) as session:
        bodies = list(session.scalars(select(Release.body).where(Release.part == "words")))
    assert all("Lunch is cold." in body and "qabow" not in body for body in bodies)


def test_undoing_a_step_leaves_the_translation_alone(school: School) -> None:
    lead = a_staff_member(school, "lead")
    arabic = [Said(f"الغداء بارد {number}", "ar") for number in range(12)]
    round_ = a_round_to_review(school, [*cold_lunch(12), *arabic])
    interpreter = _interpreter(school, "ar")
    waiting = next_to_translate(school, interpreter, today=TODAY)
    assert waiting is not None
    sort_comment(school, lead, round_.id, waiting.id, themes=(), mood="mixed", now=NOW)
    translate(school, interpreter, waiting.id, words="Lunch is cold.", how="machine", now=NOW)
    last = review_of(school, lead, round_.id).last
    assert last is not None
    undo_step(school, lead, round_.id, last.id, now=NOW)
    (question,) = review_of(school, lead, round_.id).questions
    comment = question.comment(waiting.id)
    assert comment is not None
    assert (comment.themes, comment.translation, comment.translated_by) == (("food",), "Lunch is cold.", "machine")


def test_the_interpreters_page_names_no_round_no_group_and_no_question(school: School, app: Flask) -> None:
    round_ = _mixed(school)
    desk = Desk(app, _interpreter(school, "so"))
    assert "Show me one" in desk.open("/").words
    page = desk.open(re.sub("^.*/desk", "", desk.client.get("/en/desk/translations").headers["Location"]))
    assert SOMALI.text in page.words
    for told in (round_.title, round_.id, round_.code, "What do you wish for?", "Reading app"):
        assert told not in page.response.text
    saved = desk.send(page.action.removeprefix("/en/desk"), words="Lunch is cold.", how="person")
    assert "Nothing waits for you." in saved.words
    assert desk.status(f"/rounds/{round_.id}/review") == 403
