"""The labelled questions: read, made into one-question forms, and held against what the checker says."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from forms.checks import check

_HERE = Path(__file__).parent
#: What is said about a form, not about how a question is asked; other tests look at these.
_OF_FORMS = {"no_hint", "missing_picture", "too_many_open", "long_answer", "too_many_steps"}


def words_of_file(path: Path) -> Any:
    """A YAML file in which every scalar is text, so that "no" stays a word."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes no objects


_LABELS = words_of_file(_HERE.parents[2] / "forms" / "labels.yaml")


@dataclass(frozen=True)
class Labelled:
    """One question with the remarks it should get and those it does get."""

    language: str
    text: str
    wanted: frozenset[str]
    given: frozenset[str]


@dataclass
class Count:
    """How often remarks were wanted, found and given falsely. `clean` are questions that should get none."""

    wanted: int = 0
    found: int = 0
    false: int = 0
    unwanted: int = 0

    @property
    def recall(self) -> float:
        """Share of the wanted that were found."""
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def alarms(self) -> float:
        """Share of the questions that should not get it and do."""
        return self.false / self.unwanted if self.unwanted else 0.0


@dataclass
class Figures:
    """Counts by rule and by language; `good` counts questions that should get nothing at all and get something."""

    rules: dict[str, Count] = field(default_factory=dict)
    languages: dict[str, Count] = field(default_factory=dict)
    good: Count = field(default_factory=Count)
    all: Count = field(default_factory=Count)


@cache
def labelled(folder: str) -> tuple[Labelled, ...]:
    """All questions of a folder beside this file, checked."""
    return tuple(
        _checked(file.stem, each) for file in sorted((_HERE / folder).glob("*.yaml")) for each in words_of_file(file)
    )


def figures(folder: str) -> Figures:
    """Recall and false alarms of a folder's questions."""
    questions, told = labelled(folder), Figures()
    rules = sorted({rule for each in questions for rule in each.wanted | each.given})
    for each in questions:
        language = told.languages.setdefault(each.language, Count())
        for rule in rules:
            for count in (told.rules.setdefault(rule, Count()), language, told.all):
                count.wanted += rule in each.wanted
                count.found += rule in each.wanted & each.given
        # By language and in all, what matters is how many questions get a remark that they should not.
        for rule in rules:
            count = told.rules[rule]
            count.unwanted += rule not in each.wanted
            count.false += rule in each.given - each.wanted
        wrong = bool(each.given - each.wanted)
        for count in (language, told.all, *([told.good] if not each.wanted else [])):
            count.unwanted += 1
            count.false += wrong
    return told


def question_of(language: str, each: dict[str, Any]) -> dict[str, Any]:
    """A form with this one question, in this one language."""
    type_ = each.get("as", "scale")
    labels = each.get("options") or [words[language] for words in _LABELS[each.get("scale", "how-much")].values()]
    options = [{"id": f"o{place}", "label": {language: label}, "picture": "star"} for place, label in enumerate(labels)]
    question = {"type": type_, "id": "asked", "text": {language: each["t"]}, "why": {language: "Ok"}}
    question |= {"goal": each["goal"]} if "goal" in each else {}
    question |= {} if type_ in ("text", "short-text") else {"options": options}
    students = {"ages": each.get("ages", "12-14")} if each.get("for", "students") == "students" else {}
    return {
        "languages": [language],
        "audience": each.get("for", "students"),
        **students,
        "minutes": 1,
        "sections": [{"id": "one", "title": {}, "questions": [question]}],
    }


def _checked(language: str, each: dict[str, Any]) -> Labelled:
    remarks = check(question_of(language, each))
    given = frozenset(remark.rule for remark in remarks) - _OF_FORMS
    return Labelled(language, each["t"], frozenset(each["is"]), given)


def size(folder: str) -> Counter[str]:
    """How many questions there are in each language."""
    return Counter(each.language for each in labelled(folder))
