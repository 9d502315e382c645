"""One row of another tool as valid answers: by labels in any language of the form, by codes, several in one cell."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.definition import Instrument
from forms.exchange.limesurvey.codes import Codes, codes_of, options_of
from forms.exchange.responses.matching import Column, Recognised, wordings
from forms.exchange.responses.tools import folded, folded_words
from forms.questions.base import Answer, Measure, Question
from forms.questions.points import PointsQuestion
from forms.questions.then_now import ThenNowQuestion

#: What says that a box of LimeSurvey's was ticked, and that it was not.
_TICKED = folded_words("Y|Yes|Ja|Sí|Si|Oui|Sim|نعم|是|Có|Так|Да|Haa|Wi|Oo|हाँ|ہاں|1")
_NOT = folded_words("N|No|Nein|Non|Não|لا|否|Không|Ні|Нет|Maya|Hindi|नहीं|نہیں|0|N/A")
_SEPARATORS = (";", ", ", ",", "\n", "، ", "、")
_MOST_TICKED = 20
_OTHER_CODE = "-oth-"


@dataclass(frozen=True, slots=True)
class Known:
    """What a form's answers are called: by question, each label as it is compared with the ids that it may mean."""

    instrument: Instrument
    labels: Mapping[str, Mapping[str, set[str]]]
    codes: Codes


def known_of(instrument: Instrument) -> Known:
    """Gathered once for a file, not for each cell."""
    labels: dict[str, dict[str, set[str]]] = {}
    for question in instrument.questions:
        found = labels.setdefault(question.id, defaultdict(set))
        for option in options_of(question):
            for said in wordings(option.label):
                found[said].add(option.id)
    return Known(instrument, labels, codes_of(instrument))


def answers_of(cells: Sequence[str], recognised: Recognised, known: Known) -> dict[str, Answer]:
    """The row's answers by question; ValueError names the column with what is no answer."""
    found: dict[str, Answer] = {}
    parts: dict[str, list[tuple[Column, str]]] = defaultdict(list)
    for column in recognised.columns:
        said = cells[column.position].strip()
        if said and column.part:
            parts[column.question].append((column, said))
        elif said:
            found |= _whole(known.instrument.question(column.question), said, column, known)
    for id_, said_of in parts.items():
        answer = _of_parts(known.instrument.question(id_), said_of, known)
        if answer is not None:
            found[id_] = answer
    return found


def _whole(question: Question, said: str, column: Column, known: Known) -> dict[str, Answer]:
    if question.measure in (Measure.CHOICES, Measure.RANKING) and not isinstance(question, PointsQuestion):
        chosen = _several(question, said, known)
        own = None if chosen is not None else _own_words(question, said, known, several=True)
        return own or {question.id: _accepted(question, chosen, column, said)}
    if not question.offered():
        return {question.id: _accepted(question, _typed(question, said), column, said)}
    option = _one(question, said, known, column)
    own = _own_words(question, said, known) if option is None else None
    return own or {question.id: _accepted(question, option, column, said)}


def _of_parts(question: Question, said_of: Sequence[tuple[Column, str]], known: Known) -> Answer | None:
    column, said = said_of[0]
    raw: object
    if isinstance(question, ThenNowQuestion):
        steps = {each.part: _label(question, text, each, known) for each, text in said_of}
        # One half tells of no change: LimeSurvey lets people leave a row out.
        raw = tuple(steps[part] for part in ("then", "now") if part in steps)
        return _accepted(question, raw, column, said) if len(steps) == 2 else None
    if isinstance(question, PointsQuestion):
        raw = {each.part: _whole_number(text) for each, text in said_of if _whole_number(text) != 0}
        return _accepted(question, raw, column, said) if raw else None
    if question.measure is Measure.RANKING:
        places = sorted(said_of, key=lambda each: int(each[0].part) if each[0].part.isdecimal() else 0)
        raw = [_label(question, text, each, known) for each, text in places]
    else:
        raw = [each.part for each, text in said_of if _is_ticked(question, each, text)]
    return _accepted(question, raw, column, said) if raw else None


def _is_ticked(question: Question, column: Column, said: str) -> bool:
    label = next(option.label for option in options_of(question) if option.id == column.part)
    if folded(said) in _TICKED | wordings(label):
        return True
    if folded(said) in _NOT:
        return False
    raise _no_answer(column, said)


def _label(question: Question, said: str, column: Column, known: Known) -> str:
    found = known.labels[question.id].get(folded(said), set())
    if len(found) != 1:
        raise _no_answer(column, said)
    return next(iter(found))


def _one(question: Question, said: str, known: Known, column: Column) -> str | None:
    found = known.labels[question.id].get(folded(said), set())
    if len(found) > 1:
        options = " or ".join(sorted(found))
        raise ValueError(f"column {column.heading!r}: {said[:40]!r} could be {options} of {question.id!r}")
    if found:
        return next(iter(found))
    by_code = {code.casefold(): id_ for id_, code in known.codes.answers[question.id].items()}
    return by_code.get(said.casefold())


def _several(question: Question, said: str, known: Known) -> list[str] | None:
    """Ids for a cell with several labels; a label may have the separator in it. None where something is no label."""
    labels = known.labels[question.id]
    for separator in _SEPARATORS:
        cell = said.strip(separator.strip() or separator)
        found = _split([part.strip() for part in cell.split(separator)], separator, labels)
        if found:
            return list(dict.fromkeys(found))
    return None


def _split(parts: Sequence[str], separator: str, labels: Mapping[str, set[str]]) -> list[str] | None:
    found, at = [], 0
    while at < len(parts):
        # The longest label first: "Yes, often" before "Yes".
        for end in range(min(len(parts), at + 8), at, -1):
            ids = labels.get(folded(separator.join(parts[at:end])), set())
            if len(ids) == 1:
                found.append(next(iter(ids)))
                at = end
                break
        else:
            return None
    return found


def _own_words(question: Question, said: str, known: Known, *, several: bool = False) -> dict[str, Answer] | None:
    """Words that somebody typed beside the answers: the answer that they stand beside, and the words."""
    beside = [each for each in known.instrument.questions if each.companion_of == question.id and each.show_if]
    if len(beside) != 1 or beside[0].show_if is None:
        return None
    chosen = beside[0].show_if.answers[0]
    if said == _OTHER_CODE:
        return {question.id: (chosen,) if several else chosen}
    chosen_too, own = _known_and_own(question, said, known) if several else ([], said)
    words = beside[0].accept(own)
    answer = question.accept([*chosen_too, chosen] if several else chosen)
    return {question.id: answer, beside[0].id: words} if words is not None and answer is not None else None


def _known_and_own(question: Question, said: str, known: Known) -> tuple[list[str], str]:
    """Labels that begin a cell, and what was typed behind them: tools write own words last."""
    labels = known.labels[question.id]
    for separator in _SEPARATORS:
        parts = [part.strip() for part in said.strip("; ").split(separator)]
        # Own words with so many separators in them are a text; nobody ticks a hundred boxes before it.
        for at in range(min(len(parts) - 1, _MOST_TICKED), 0, -1):
            found = _split(parts[:at], separator, labels)
            if found:
                return found, separator.join(parts[at:])
    return [], said


def _typed(question: Question, said: str) -> object:
    return _whole_number(said) if question.measure is Measure.NUMBER else said


def _whole_number(said: str) -> int | None:
    """A number as LimeSurvey and spreadsheets write it too: 3, 3.0, 3,00."""
    whole, _point, rest = said.strip().replace(",", ".").partition(".")
    return int(whole) if whole.isdecimal() and not rest.strip("0") and len(whole) < 10 else None


def _accepted(question: Question, raw: object, column: Column, said: str) -> Answer:
    answer = question.accept(raw) if raw is not None else None
    if answer is None:
        raise _no_answer(column, said)
    return answer


def _no_answer(column: Column, said: str) -> ValueError:
    return ValueError(f"column {column.heading!r}: {said[:40]!r} is no answer to {column.question!r}")
