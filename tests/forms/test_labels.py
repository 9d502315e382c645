"""One step of a scale has one label in a language, wherever it stands."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po

import forms
from feedback.languages import LANGUAGES
from forms.library import names, open_library
from forms.questions.base import Measure, Option
from forms.wording import Words
from tests.forms.test_library import CORE, SCRIPTS

_ROOT = Path(forms.__file__).parent
#: Scale -> step -> its label in each language.
LABELS: dict[str, dict[str, Words]] = yaml.safe_load((_ROOT / "labels.yaml").read_text(encoding="utf-8"))
_BY_ENGLISH = {words["en"]: words for steps in LABELS.values() for words in steps.values()}


def _options(part: object) -> Iterator[tuple[str, Words]]:
    """The id and the words of every answer in a file of questions."""
    if isinstance(part, Mapping):
        if "label" in part:
            yield part["id"], part["label"]
        for inner in part.values():
            yield from _options(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _options(inner)


def _of_the_library() -> Iterator[Option]:
    for question in (question for name in names() for question in open_library(name).questions):
        if question.measure is Measure.SCALE:
            yield from question.cells()
        yield from question.apart()


def test_every_label_is_there_in_the_fifteen_core_languages_and_none_twice_in_a_scale() -> None:
    for scale, steps in LABELS.items():
        for words in steps.values():
            assert list(words) == list(next(iter(steps.values())))
            assert set(words) == CORE
        for language in CORE:
            labels = [words[language] for words in steps.values()]
            assert len(set(labels)) == len(labels), (scale, language)
            letters = SCRIPTS.get(language, "a-zA-ZÀ-ỹ")
            assert [label for label in labels if not re.match(f"^[{letters}].*[^. ]$|^[{letters}]$", label)] == []


def test_every_step_of_the_librarys_scales_has_its_label_from_the_glossary() -> None:
    found = list(_of_the_library())
    assert len(found) > 20
    for option in found:
        (step,) = (words for steps in LABELS.values() for id_, words in steps.items() if id_ == option.id)
        assert {code: option.label[code] for code in CORE} == step


@pytest.mark.parametrize("path", sorted(_ROOT.glob("standard/*.yaml")), ids=lambda path: path.stem)
def test_a_standard_question_uses_the_labels_of_the_glossary(path: Path) -> None:
    found = list(_options(yaml.safe_load(path.read_text(encoding="utf-8"))))
    assert found
    assert _otherwise(found) == []


def test_a_label_of_ones_own_is_noticed() -> None:
    said = {**_BY_ENGLISH["Maybe"], "so": "Malaha"}
    assert _otherwise([("maybe", said)]) == ["maybe"]
    assert _otherwise([("maybe", _BY_ENGLISH["Maybe"])]) == []


def _otherwise(options: list[tuple[str, Words]]) -> list[str]:
    """Ids of answers that say in English what the glossary says, and not in every language."""
    return [id_ for id_, label in options if label != _BY_ENGLISH.get(label["en"], label)]


@pytest.mark.parametrize("code", sorted(CORE - {"en"}))
def test_the_question_to_practise_on_has_the_same_labels(code: str) -> None:
    path = _ROOT.parent / "translations" / LANGUAGES[code].folder / "LC_MESSAGES" / "respondent.po"
    with path.open("rb") as file:
        catalog = read_po(file)
    for words in LABELS["yes-maybe-no"].values():
        message = catalog.get(words["en"])
        assert message is not None
        assert message.string == words[code]
