"""Whatever a draft holds, the checker answers."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.checks import Remark, check
from tests.forms.checks.forms import a_form
from tests.looks import is_every

_KEYS = st.sampled_from(
    ["sections", "questions", "id", "type", "text", "hint", "why", "stem", "options", "label", "en", "ar", "zh-Hans",
     "audience", "ages", "minutes", "title", "introduction", "themes", "companion_of", "max_length", "apart", "goal",
     "picture", "audio", "next_steps"]
)  # fmt: skip
_VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(
    ["scale", "text", "students", "6-8", "en", "smileys", "How great and good are you?"]
)  # fmt: skip
_JSON = st.recursive(
    _VALUES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS | st.text(max_size=4), inner, max_size=6),
    max_leaves=30,
)


def _told(data: Any) -> tuple[Remark, ...]:
    remarks = check(data, silent=("en",))
    for remark in remarks:
        remark.told(lambda sentence: sentence)
    return remarks


@settings(max_examples=2000 if is_every() else 60, deadline=None)
@given(_JSON)
def test_any_json_is_checked(data: Any) -> None:
    _told(data)


@settings(max_examples=2000 if is_every() else 60, deadline=None)
@given(st.dictionaries(_KEYS, _JSON, max_size=4), st.dictionaries(_KEYS, _JSON, max_size=4))
def test_a_form_in_which_anything_may_be_wrong_is_checked(of_form: dict[str, Any], of_question: dict[str, Any]) -> None:
    question = {"type": "scale", "text": {"en": "How great?"}, **of_question, "id": "one"}
    _told({**a_form(question), **of_form})
    _told(a_form(question))


@settings(max_examples=1000 if is_every() else 60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "ar", "zh-Hans", "vi", "hi", "ht"]))
def test_any_text_is_checked(text: str, language: str) -> None:
    remarks = _told(a_form({"id": "one", "type": "text", "text": {language: text}, "why": {language: text}}))
    assert all(remark.digest for remark in remarks)
