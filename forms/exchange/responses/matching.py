"""Which question each heading of another tool asks: by its words in any of the form's languages, or by its code."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.definition import Instrument
from forms.exchange.core import FileRefused
from forms.exchange.limesurvey.codes import Codes, codes_of, options_of
from forms.exchange.responses.tools import Tool, folded, folded_to_the_end, is_about_the_person, says_when_sent, tool_of
from forms.piping import in_full
from forms.questions.base import Measure, Question
from forms.questions.then_now import ThenNowQuestion

_PIPE = re.compile(r"\{[a-z][a-z0-9-]{0,39}\|([^{}|]+)\}")
_PART = re.compile(r"^(.*\S)\s*\[([^\[\]]*)\]$", re.DOTALL)
#: LimeSurvey's "code. words" and "code[part]. words [part]".
_CODE = re.compile(r"^([A-Za-z][A-Za-z0-9]*)(?:[\[_]([A-Za-z0-9]+)\]?)?(?:\. .*)?$", re.DOTALL)
_RANK = re.compile(r"^(?:\D*\s)?(\d{1,2})$")
_OTHER = ("other", "andere", "sonstiges", "otro", "otra", "autre", "outro")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the question that it answers, and for which `part` of it, "" for all of it.

    A part is the id of an option, "then" or "now", or the place of a ranking, from "1".
    """

    position: int
    heading: str
    question: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is: its tool, the columns that come in, those never taken (`personal`), those that ask nothing here.

    `sent` is the position of LimeSurvey's column that is empty in rows which nobody ever sent.
    """

    tool: Tool
    columns: tuple[Column, ...]
    personal: tuple[str, ...]
    unknown: tuple[str, ...]
    sent: int | None = None


#: (question, part) -> where one heading could lead.
_Targets = Mapping[str, frozenset[tuple[str, str]]]


def recognise(headings: Sequence[str], instrument: Instrument) -> Recognised:
    """The columns of a file with these headings; FileRefused where one could be two questions, or two could be one."""
    tool = tool_of(headings)
    if tool is None:
        raise FileRefused("rows_unknown_tool")
    targets = _targets(instrument)
    columns: list[Column] = []
    personal, unknown = [], []
    for position, heading in enumerate(headings):
        found = _found(heading, targets, instrument, tool)
        if len(found) > 1:
            questions = ", ".join(sorted(f"{id_}[{part}]" if part else id_ for id_, part in found))
            raise FileRefused("rows_ambiguous", found=heading, questions=questions, column=position + 1)
        if found and not (is_about_the_person(heading) and position < _first_question(tool)):
            columns.append(Column(position, heading, *next(iter(found))))
        elif is_about_the_person(heading):
            personal.append(heading)
        elif heading:
            unknown.append(heading)
    _refuse_twice(columns)
    if not columns:
        raise FileRefused("rows_nothing", found=", ".join(unknown) or "–")
    sent = next((at for at, each in enumerate(headings) if tool == "limesurvey" and says_when_sent(each)), None)
    return Recognised(tool, tuple(columns), tuple(personal), tuple(unknown), sent)


def wordings(words: Mapping[str, str]) -> set[str]:
    """A text in all its languages as it is compared, without anybody's earlier answer."""
    return {folded(_PIPE.sub(r"\1", text)) for text in words.values()} - {""}


def _first_question(tool: Tool) -> int:
    # The tool's own columns come first; "Name" behind them is a question that somebody asked.
    return {"google": 2, "microsoft": 6, "limesurvey": 12}[tool]


def _targets(instrument: Instrument) -> _Targets:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for question in instrument.questions:
        for said in _headings(question):
            found[said].add((question.id, ""))
            for part, words in _parts(question):
                for each in wordings(words) | {part}:
                    found[f"{said} [{each}]"].add((question.id, part))
    return {said: frozenset(each) for said, each in found.items()}


def _headings(question: Question) -> Iterator[str]:
    yield from wordings(question.text)
    if question.stem is not None:
        yield from wordings(in_full(question))
        for language, stem in question.stem.items():
            # As tools head the rows of a table: Google "stem [row]", LimeSurvey likewise, others "stem.row".
            row, above = folded(question.text.get(language, "")), _PIPE.sub(r"\1", stem)
            for said in (folded(above), folded_to_the_end(above)):
                yield from (f"{said} [{row}]", f"{said}.{row}", f"{said}. {row}", f"{said} {row}")


def _parts(question: Question) -> Iterator[tuple[str, Mapping[str, str]]]:
    if isinstance(question, ThenNowQuestion):
        yield "then", question.then
        yield "now", question.now
    elif question.measure in (Measure.CHOICES, Measure.RANKING):
        for option in options_of(question):
            yield option.id, option.label


def _found(heading: str, targets: _Targets, instrument: Instrument, tool: Tool) -> frozenset[tuple[str, str]]:
    said = folded(heading)
    # Before a row's brackets, and in them, there may be a mark at the end as well.
    parted = _PART.match(said)
    inside = f"{folded(parted[1])} [{folded(parted[2])}]" if parted else said
    by_words = targets.get(said, frozenset()) | targets.get(inside, frozenset())
    if by_words or tool != "limesurvey":
        return by_words
    by_code = _by_code(heading.strip(), instrument)
    if by_code:
        return frozenset({by_code})
    return _ranked(parted, targets, instrument) if parted else frozenset()


def _by_code(heading: str, instrument: Instrument) -> tuple[str, str] | None:
    found = _CODE.match(heading)
    if found is None:
        return None
    codes = codes_of(instrument)
    asked = {code.casefold(): id_ for id_, code in codes.questions.items() if id_ in codes.asked}
    id_ = asked.get(found[1].casefold())
    if id_ is None or not found[2]:
        return (id_, "") if id_ else None
    return _part_by_code(codes.asked[id_], found[2], codes, instrument)


def _part_by_code(question: Question, part: str, codes: Codes, instrument: Instrument) -> tuple[str, str] | None:
    options = {code.casefold(): id_ for id_, code in codes.answers[question.id].items()}
    if part.casefold() in options:
        return question.id, options[part.casefold()]
    if part in ("then", "now") and isinstance(question, ThenNowQuestion):
        return question.id, part
    if part.casefold() in _OTHER:
        beside = [each.id for each in instrument.questions if each.companion_of == question.id]
        return (beside[0], "") if len(beside) == 1 else None
    return (question.id, part) if question.measure is Measure.RANKING and part.isdecimal() else None


def _ranked(parted: re.Match[str], targets: _Targets, instrument: Instrument) -> frozenset[tuple[str, str]]:
    """LimeSurvey's "words [Rank 2]"."""
    rank = _RANK.match(parted[2].strip())
    known = {id_ for id_, _part in targets.get(folded(parted[1]), frozenset())}
    ranking = [each.id for each in instrument.questions if each.id in known and each.measure is Measure.RANKING]
    return frozenset((id_, rank[1]) for id_ in ranking) if rank else frozenset()


def _refuse_twice(columns: Sequence[Column]) -> None:
    seen: dict[tuple[str, str], Column] = {}
    for column in columns:
        whole = (column.question, "")
        first = seen.get((column.question, column.part)) or (seen.get(whole) if column.part else None)
        if first is not None:
            raise FileRefused("rows_twice", found=column.heading, first=first.position + 1, column=column.position + 1)
        seen[column.question, column.part] = column
