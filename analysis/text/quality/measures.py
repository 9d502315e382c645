"""The figures of an evaluation, from what people said and what was found. Shares are 0 to 1; None: nothing to say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import mean

from sklearn.metrics import f1_score, normalized_mutual_info_score

from analysis.text.quality.labelled import Labelled
from analysis.theme_codes import OTHER


@dataclass(frozen=True, slots=True)
class Found:
    """What was made of one comment."""

    themes: tuple[str, ...]
    mood: str
    language: str
    redacted: str
    concern: bool
    group: int | None = None


Pair = tuple[Labelled, Found]
Figure = float | None


def theme_f1(pairs: Sequence[Pair]) -> Figure:
    """Macro-F1 over the themes that occur, "other" left out of the mean; a right second theme counts as right."""
    told = [(said, found) for said, found in pairs if said.themes]
    if not told:
        return None
    right = [said.themes[0] for said, _ in told]
    given = [found.themes[0] if found.themes else OTHER for _, found in told]
    credited = [said.themes[0] if one in said.themes else one for one, (said, _) in zip(given, told, strict=True)]
    labels = sorted(set(right) - {OTHER})
    return float(f1_score(right, credited, labels=labels, average="macro", zero_division=0)) if labels else None


def abstained(pairs: Sequence[Pair]) -> Figure:
    """Share of the comments about a theme for which none was suggested."""
    return share([not found.themes for said, found in pairs if said.themes and said.themes[0] != OTHER])


def mood_f1(pairs: Sequence[Pair]) -> Figure:
    """Macro-F1 of positive and negative over the comments that are one of them; anything else found is wrong."""
    told = [(said.mood, found.mood) for said, found in pairs if said.mood in ("positive", "negative")]
    if not told:
        return None
    right, given = zip(*told, strict=True)
    return float(f1_score(right, given, labels=sorted(set(right)), average="macro", zero_division=0))


def language_accuracy(pairs: Sequence[Pair]) -> Figure:
    """Share of comments with letters whose language was named rightly, scripts and regions aside."""
    told = [
        (said.language, found.language)
        for said, found in pairs
        if said.language != "und" and any(sign.isalpha() for sign in said.text)
    ]
    return share([_base(a) == _base(b) for a, b in told])


def redaction_recall(pairs: Sequence[Pair], kinds: Callable[[str], bool]) -> Figure:
    """Share of the things that lead to a person, of these kinds, of which nothing is left."""
    return share(
        [
            text.casefold() not in found.redacted.casefold()
            for said, found in pairs
            for kind, text in said.personal or ()
            if kinds(kind)
        ]
    )


def clean_touched(pairs: Sequence[Pair]) -> Figure:
    """Share of the comments without anything personal in which something was replaced."""
    return share(["[" in found.redacted and "[" not in said.text for said, found in pairs if said.personal == ()])


def concern_recall(pairs: Sequence[Pair]) -> Figure:
    """Share of the disclosures that are put before others."""
    return share([found.concern for said, found in pairs if said.label == "disclosure"])


def flagged(pairs: Sequence[Pair], label: str) -> Figure:
    """Share of the comments with this label that are put before others although nobody needs to hurry."""
    return share([found.concern for said, found in pairs if said.label == label])


def discovery(pairs: Sequence[Pair]) -> tuple[Figure, Figure, Figure]:
    """Normalised mutual information of groups and themes, the share in groups, and that of groups and languages."""
    told = [(said, found.group) for said, found in pairs if said.themes]
    inside = [(said, group) for said, group in told if group is not None]
    if len(inside) < 2:
        return None, None, None
    groups = [group for _, group in inside]
    by_theme = normalized_mutual_info_score([said.themes[0] for said, _ in inside], groups)
    by_language = normalized_mutual_info_score([said.language for said, _ in inside], groups)
    return float(by_theme), len(inside) / len(told), float(by_language)


def themes_by_language(pairs: Sequence[Pair]) -> Figure:
    """Normalised mutual information of the suggested theme and the language: 0 where languages do not decide."""
    inside = [(found.themes[0], said.language) for said, found in pairs if found.themes]
    return float(normalized_mutual_info_score(*zip(*inside, strict=True))) if len(inside) > 1 else None


def share(yes: Sequence[bool]) -> Figure:
    """The share of True; None of nothing."""
    return mean(yes) if yes else None


def _base(tag: str) -> str:
    base = tag.partition("-")[0].lower()
    return "tl" if base == "fil" else base
