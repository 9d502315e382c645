"""What a decision can rest on: findings of the pilot's released rounds, and what its team noted, as one list.

A finding is kept as its round and question, never with its figure: the figure is read from the release for as long as
that is kept, and a decision repeats nothing that retention has deleted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from analysis.summary import Figure
from feedback.operations.evidence.pilot_voices import Voices
from feedback.operations.pilots.book import Entry
from feedback.operations.pilots.entries.base import Source
from feedback.operations.pilots.entries.thought import Cited
from forms.piping import in_full
from forms.wording import say

#: Kinds of entries that are evidence beside what people said.
BESIDE = tuple(source for source in get_args(Source) if source != "survey")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Citable:
    """One thing that can be cited. A finding has its figure and the answers that it is the share of."""

    key: str
    cited: Cited
    where: str
    figure: Figure | None = None
    cells: tuple[str, ...] = ()


def citable(voices: Iterable[Voices], entries: Iterable[Entry], language: str) -> dict[str, Citable]:
    """Everything that can be cited, by its key; `language` is what a question's own words are kept in."""
    found = [finding for each in voices for finding in _findings(each, language)]
    noted = [_noted(entry) for entry in entries if entry.kind in BESIDE]
    return {each.key: each for each in (*found, *noted)}


def key_of(cited: Cited) -> str:
    """The key of what a decision cites, to find its figure again."""
    return cited.entry_id or f"{cited.round_id}:{cited.question}"


def gist(kind: str, body: Mapping[str, Any]) -> str:
    """One line of an entry that says which one it is."""
    parts = {
        "observation": ("week", "place", "seen"),
        "work_sample": ("group", "rubric"),
        "assessment": ("test", "group", "taken_on"),
        "usage": ("week", "tool", "group"),
        "dose": ("week", "group", "departures"),
    }[kind]
    return _short(" · ".join(str(body[part]) for part in parts if body.get(part)))


def _findings(voices: Voices, language: str) -> list[Citable]:
    summary = voices.released.summary
    decides = (summary.criterion,) if summary.criterion else ()
    shown = {each.question: each for each in (*summary.findings, *decides) if each.figure.kind != "too_few"}
    listed = []
    for question, finding in shown.items():
        says = _short(say(in_full(voices.instrument.question(question)), language)[0])
        cited = Cited(source="survey", round_id=voices.round.id, question=question, says=says)
        listed.append(Citable(key_of(cited), cited, voices.round.title, finding.figure, finding.cells))
    return listed


def _noted(entry: Entry) -> Citable:
    cited = Cited.model_validate({"source": entry.kind, "entry_id": entry.id, "says": gist(entry.kind, entry.body)})
    return Citable(entry.id, cited, entry.role)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
