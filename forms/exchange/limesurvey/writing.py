"""A form as LimeSurvey's tab-separated survey structure, which its page "Import survey" takes.

LimeSurvey has places for sections, questions, answers, conditions and words in all languages. It has none for why a
question is asked, next steps, goals, pictures, themes, age and audience, nor for some of our kinds of question: those
go out as the nearest of its own, and what only Voicebox knows stands in a column of its own, `voicebox`. Whoever sends
such a file back unchanged, or with other words in it, loses nothing; LimeSurvey's own export has no such column.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from html import escape
from io import StringIO
from typing import Any

from forms.definition import Instrument, Section, canonical
from forms.exchange.limesurvey.codes import Codes, codes_of
from forms.exchange.limesurvey.writing_kinds import rows_of_question
from forms.notice import Notice
from forms.questions.base import Condition, Measure, Question
from forms.wording import Words

#: LimeSurvey's own columns, before those of attributes.
NATIVE = (
    "id",
    "related_id",
    "class",
    "type/scale",
    "name",
    "relevance",
    "text",
    "help",
    "language",
    "validation",
    "mandatory",
    "encrypted",
    "other",
    "default",
    "same_default",
    "same_script",
)
#: Our column.
OWN = "voicebox"
#: The attributes that we set.
_ATTRIBUTES = (
    "equals_num_value",
    "exclude_all_others",
    "max_answers",
    "max_num_value_n",
    "maximum_chars",
    "min_num_value_n",
    "num_value_int_only",
    "suffix",
)
_COLUMNS = (*NATIVE, *_ATTRIBUTES, OWN)
#: One cell holds no more of ours: spreadsheet programs cut longer ones.
_CELL = 30_000
_PIPE = re.compile(r"\{([a-z][a-z0-9-]{0,39})\|([^{}|]+)\}")
#: Nothing about the person or the device is kept, should the survey be run there.
_SETTINGS = {
    "anonymized": "Y",
    "datestamp": "N",
    "ipaddr": "N",
    "refurl": "N",
    "savetimings": "N",
    "usecookie": "N",
    "allowregister": "N",
    "tokenanswerspersistence": "N",
    "allowsave": "N",
    "allowprev": "Y",
}

Row = dict[str, str]


def write_tsv(instrument: Instrument) -> bytes:
    """The file, in UTF-8."""
    file = StringIO(newline="")
    writer = csv.DictWriter(file, _COLUMNS, restval="", dialect="excel-tab", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows_of(instrument))
    return file.getvalue().encode("utf-8")


def rows_of(instrument: Instrument) -> list[Row]:
    """The rows, without the cells that are empty."""
    codes = codes_of(instrument)
    rows = [*_about(instrument)]
    # One language after the other, as LimeSurvey writes and wants it.
    for language in instrument.languages:
        for number, section in enumerate(instrument.sections, 1):
            rows.append(_group(section, number, language, codes))
            for item in section.items:
                rows += _item(item, language, codes)
    return [{name: cell for name, cell in row.items() if cell} for row in rows]


def html_of(text: str, codes: Codes) -> str:
    """Words as LimeSurvey shows them, which takes all texts for HTML, and braces for calculations."""
    piped = _PIPE.sub(lambda found: _piped(found[1], found[2], codes), escape(text, quote=False))
    return piped.replace("\n", "<br />")


def relevance_of(condition: Condition | None, codes: Codes, questions: Mapping[str, Question]) -> str:
    """A `show_if` as LimeSurvey writes it."""
    if condition is None:
        return "1"
    code = codes.questions[condition.question]
    answers = codes.answers[condition.question]
    if questions[condition.question].measure is Measure.CHOICES:
        terms = [f'{code}_{answers[answer]}.NAOK == "Y"' for answer in condition.answers]
    else:
        terms = [f'{code}.NAOK == "{answers[answer]}"' for answer in condition.answers]
    return f"({' or '.join(terms)})"


def _about(instrument: Instrument) -> Iterator[Row]:
    first, *others = instrument.languages
    settings = {
        "language": first,
        "additional_languages": " ".join(others),
        "format": "S" if instrument.layout == "screens" else "A",
        **_SETTINGS,
    }
    own = canonical(instrument)
    cells = [own[at : at + _CELL] for at in range(0, len(own), _CELL)]
    # What does not fit beside LimeSurvey's own settings follows in rows of one that it takes any number of times.
    names = [*settings.items(), *[("allowprev", "Y")] * max(0, len(cells) - len(settings))]
    for number, (name, value) in enumerate(names):
        yield {"class": "S", "name": name, "text": value, OWN: cells[number] if number < len(cells) else ""}
    nothing = Codes({}, {})
    for language in instrument.languages:
        for name, words in (("surveyls_title", instrument.title), ("surveyls_welcometext", instrument.introduction)):
            key = "title" if name.endswith("title") else "introduction"
            said = {"name": name, "text": html_of(words[language], nothing), OWN: key}
            yield {"class": "SL", "language": language, **said}


def _group(section: Section, number: int, language: str, codes: Codes) -> Row:
    return {
        "class": "G",
        "type/scale": f"G{number}",
        "name": html_of(section.title[language], codes),
        "relevance": relevance_of(section.show_if, codes, codes.asked),
        "language": language,
        OWN: f"sections/{section.id}",
    }


def _item(item: Question | Notice, language: str, codes: Codes) -> Iterator[Row]:
    relevance = relevance_of(item.show_if, codes, codes.asked)
    kind = rows_of_question(item, codes)
    heading: Words | None = item.title if isinstance(item, Notice) else item.stem
    text = html_of(item.text[language], codes)
    if heading:
        # LimeSurvey has one text; ours comes back from what the column `voicebox` says.
        text = f"{html_of(heading[language], codes)}<br />{text}"
    hint = getattr(item, "hint", None)
    asked: dict[str, Any] = {
        "class": "Q",
        "type/scale": kind.type,
        "name": codes.questions[item.id],
        "relevance": relevance,
        "text": text,
        "help": html_of(hint[language], codes) if hint else "",
        "language": language,
        "mandatory": "N",
        "other": "N",
        **{name: value[language] if isinstance(value, dict) else value for name, value in kind.attributes.items()},
        OWN: "" if heading else f"items/{item.id}",
    }
    yield asked
    for part in kind.parts:
        yield {
            "class": part.row,
            "type/scale": "0",
            "name": part.code,
            "text": html_of(part.words[language], codes),
            "language": language,
            OWN: part.key,
        }


def _piped(id_: str, otherwise: str, codes: Codes) -> str:
    code = codes.questions.get(id_)
    if code is None:
        return f"{{{id_}|{otherwise}}}"
    said = otherwise.replace("\\", "\\\\").replace('"', '\\"')
    return f'{{if(is_empty({code}.NAOK), "{said}", {code}.shown)}}'
