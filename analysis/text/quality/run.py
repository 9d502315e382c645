"""Reading labelled comments with everything that reads a round's, and adding up how well it went."""

import resource
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.text.clauses import clauses
from analysis.text.concerns import Grade, grade
from analysis.text.discovery import discover
from analysis.text.language import identify
from analysis.text.name_lists import PlainNames
from analysis.text.quality import measures
from analysis.text.quality.labelled import Labelled
from analysis.text.quality.measures import Figure, Found, Pair
from analysis.text.quality.own_labels import learned_f1
from analysis.text.reading import Reader
from analysis.text.redaction import Redactor

_BATCH = 512
Progress = Callable[[int, int], None]
#: What is measured on comments, and how; the same for one language and for all.
MEASURES: Mapping[str, Callable[[Sequence[Pair]], Figure]] = {
    "theme_f1": measures.theme_f1,
    "abstained": measures.abstained,
    "mood_f1": measures.mood_f1,
    "language": measures.language_accuracy,
    "names": lambda pairs: measures.redaction_recall(pairs, lambda kind: "name" in kind),
    "other_identifiers": lambda pairs: measures.redaction_recall(pairs, lambda kind: "name" not in kind),
    "clean_touched": measures.clean_touched,
    "concern_recall": measures.concern_recall,
    "flagged_ordinary": lambda pairs: measures.flagged(pairs, "ordinary"),
    "flagged_lookalike": lambda pairs: measures.flagged(pairs, "lookalike"),
}


@dataclass(frozen=True, slots=True)
class Quality:
    """Figures by language, of all, and of how it was done; rates in texts a CPU second, memory in MB."""

    reader: str
    texts: int
    by_language: dict[str, dict[str, Figure]]
    mean: dict[str, Figure]
    worst: dict[str, Figure]
    discovery: dict[str, Figure]
    #: Macro-F1 of the file's own codes, learned from four fifths of it; None where all its codes are ours.
    own_codes_f1: Figure
    texts_per_cpu_second: float
    peak_memory: float


def evaluate(rows: Sequence[Labelled], reader: Reader, *, progress: Progress = lambda _done, _of: None) -> Quality:
    """Read every row as a round's comments are read, and compare with what people said of them.

    The school's list of name words is made of the names in the rows themselves, as a school's list holds its own.
    """
    began = time.process_time()
    pairs = list(zip(rows, found_in(rows, reader, progress), strict=True))
    took = time.process_time() - began
    ours = set(reader.ngrams.themes.labels)
    known = [(_in_our_codes(said, ours), found) for said, found in pairs]
    languages = sorted({row.language for row in rows})
    by_language = {
        language: {name: measure([p for p in known if p[0].language == language]) for name, measure in MEASURES.items()}
        for language in languages
    }
    columns = {name: [v for one in by_language.values() if (v := one[name]) is not None] for name in MEASURES}
    nmi, coverage, nmi_language = measures.discovery(pairs)
    return Quality(
        reader=reader.name,
        texts=len(rows),
        by_language=by_language,
        mean={name: sum(values) / len(values) if values else None for name, values in columns.items()},
        worst={name: _worst(name, values) for name, values in columns.items()},
        discovery={
            "nmi": nmi,
            "coverage": coverage,
            "nmi_language": nmi_language,
            "themes_nmi_language": measures.themes_by_language(pairs),
        },
        own_codes_f1=_own_codes(rows, ours, reader),
        texts_per_cpu_second=len(rows) / max(took, 1e-9),
        peak_memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def found_in(rows: Sequence[Labelled], reader: Reader, progress: Progress) -> list[Found]:
    """What is made of each row."""
    among = sorted({row.language for row in rows} - {"und"})
    redactor = Redactor(PlainNames(_names(rows)))
    labelled = any(row.label for row in rows)
    found: list[Found] = []
    for start in range(0, len(rows), _BATCH):
        found += _batch([row.text for row in rows[start : start + _BATCH]], among, redactor, reader, labelled=labelled)
        progress(min(start + _BATCH, len(rows)), len(rows))
    groups: dict[int, int] = {}
    if reader.encoder is not None and any(row.themes for row in rows):
        texts = [one.redacted for one in found]
        sorted_out = discover(reader.rows(texts), texts, [one.language for one in found], reader.offsets)
        groups = {place: number for number, group in enumerate(sorted_out) for place in group.members}
    return [
        Found(one.themes, one.mood, one.language, one.redacted, one.concern, groups.get(place))
        for place, one in enumerate(found)
    ]


def _batch(
    texts: Sequence[str], among: Sequence[str], redactor: Redactor, reader: Reader, *, labelled: bool
) -> list[Found]:
    spoken = [identify(text, among) for text in texts]
    clean = [redactor.redact(text, language).text for text, language in zip(texts, spoken, strict=True)]
    parts = [[text[start:end] for start, end in clauses(text)] for text in clean]
    urgent = [one is not Grade.GREY for one in grade(clean, spoken, reader)] if labelled else [False] * len(clean)
    return [
        Found(read.themes, read.mood.value, language, text, concern)
        for read, language, text, concern in zip(reader.read(clean, parts), spoken, clean, urgent, strict=True)
    ]


def _in_our_codes(said: Labelled, ours: set[str]) -> Labelled:
    """Codes that nobody told us the meaning of are no mistakes of ours."""
    return said if not said.themes or said.themes[0] in ours else replace(said, themes=())


def _own_codes(rows: Sequence[Labelled], ours: set[str], reader: Reader) -> Figure:
    if reader.encoder is None or all(row.themes[0] in ours for row in rows if row.themes):
        return None
    return learned_f1(rows, reader.rows([row.text for row in rows]))


def _names(rows: Sequence[Labelled]) -> list[str]:
    return [word for row in rows for kind, text in row.personal or () if "name" in kind for word in text.split()]


def _worst(name: str, values: Sequence[float]) -> Figure:
    low_is_good = name in ("abstained", "clean_touched", "flagged_ordinary", "flagged_lookalike")
    return (max(values) if low_is_good else min(values)) if values else None
