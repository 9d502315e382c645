"""LimeSurvey's tab-separated survey structure (.txt), as it writes it itself and as we write it."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

from forms.exchange.core import MOST_PARTS, FileRefused, Imported
from forms.exchange.limesurvey.own_file import own_instrument
from forms.exchange.limesurvey.reading import Reading
from forms.exchange.limesurvey.survey import Asked, Group, Part, Survey
from forms.exchange.limesurvey.writing import NATIVE, OWN
from forms.exchange.opening import utf8_text

_NEEDED = ("class", "type/scale", "name", "text", "language")
_MOST_LANGUAGES = 200
#: Classes of rows that no form has, with the loss that tells of each.
_OTHERS = {"AS": "ls_assessment", "QTA": "ls_quota"}
_SILENT = ("QTAM", "QTALS", "C", "")


def is_tsv(content: bytes) -> bool:
    """Whether the first line of a file names the columns of LimeSurvey's structure."""
    first = content[:4000].removeprefix(b"\xef\xbb\xbf").split(b"\n")[0].replace(b'"', b"").strip().split(b"\t")
    return all(name.encode() in first for name in ("class", "type/scale", "name"))


def read_tsv(content: bytes) -> Imported:
    """The survey as a draft with what it lost; FileRefused. A file of ours that nobody changed lost nothing."""
    rows = _rows(utf8_text(content))
    own = own_instrument(rows)
    if own is not None:
        return own
    reading = Reading(_survey(rows))
    if any(row.get(OWN) for row in rows):
        reading.assembly.lose("ls_extra_gone", OWN)
    return reading.imported()


def _rows(text: str) -> list[dict[str, str]]:
    try:
        read = list(csv.reader(StringIO(text, newline=""), dialect="excel-tab", strict=True))
    except csv.Error as broken:
        raise FileRefused("cut") from broken
    header = [name.strip() for name in read[0]] if read else []
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        raise FileRefused("no_column", sheet="TSV", found=missing[0])
    twice = [name for name in header if name and header.count(name) > 1]
    if twice:
        raise FileRefused("column_twice", sheet="TSV", found=twice[0])
    if len(read) > 20 * MOST_PARTS:
        raise FileRefused("too_many_parts", most=MOST_PARTS)
    if any(len(row) > len(header) for row in read):
        raise FileRefused("cut")
    filled = ({name: cell for name, cell in zip(header, row, strict=False) if cell} for row in read[1:])
    return [row for row in filled if row]


class _Building:
    """The survey so far: rows belong to the question or group above them, in their own language."""

    def __init__(self, first: str) -> None:
        self.survey = Survey([first])
        self.questions: dict[str, Asked] = {}
        self.groups: dict[str, Group] = {}
        self.counts: dict[str, int] = {}
        self.group: Group | None = None
        self.asked: Asked | None = None
        self.language = first

    def take(self, row: Mapping[str, str], place: str) -> None:
        """One row."""
        class_ = row.get("class", "").strip().upper()
        language = self._language(row)
        if class_ in ("S", "SL"):
            self._take_setting(row, class_, language)
        elif class_ == "G":
            self._take_group(row, language)
        elif class_ == "Q":
            self._take_question(row, language, place)
        elif class_ in ("SQ", "A"):
            self._take_part(row, class_, language, place)
        elif class_ in _OTHERS:
            self.survey.others.append((_OTHERS[class_], place, row.get("name", "")))
        elif class_ not in _SILENT:
            raise FileRefused("malformed", found=class_, place=place)

    def _language(self, row: Mapping[str, str]) -> str:
        languages = self.survey.languages
        language = row.get("language", "").strip() or languages[0]
        if language not in languages:
            languages.append(language)
            if len(languages) > _MOST_LANGUAGES:
                raise FileRefused("too_many_parts", most=_MOST_LANGUAGES)
        return language

    def _take_setting(self, row: Mapping[str, str], class_: str, language: str) -> None:
        name, text = row.get("name", ""), row.get("text", "")
        if class_ == "S":
            self.survey.settings[name] = text
        else:
            self.survey.said.setdefault(name.removeprefix("surveyls_"), {})[language] = text

    def _take_group(self, row: Mapping[str, str], language: str) -> None:
        self.counts[language] = self.counts.get(language, 0) + 1
        # Groups are the same in each language by their number, or where they have none by their order.
        key = row.get("type/scale", "").strip() or f"#{self.counts[language]}"
        if key not in self.groups:
            self.groups[key] = Group(relevance=row.get("relevance", ""), random=row.get("random_group", ""))
            self.survey.groups.append(self.groups[key])
        self.group = self.groups[key]
        self.group.titles[language] = row.get("name", "")
        self.group.descriptions[language] = row.get("text", "")
        self.asked = None

    def _take_question(self, row: Mapping[str, str], language: str, place: str) -> None:
        code = row.get("name", "").strip()
        if not code:
            raise FileRefused("no_name", place=place)
        if self.group is None:
            raise FileRefused("ls_nowhere", found=code, place=place)
        known = self.questions.get(code)
        if known is None:
            known = _asked(row, code)
            self.questions[code] = known
            self.group.questions.append(known)
        elif language in known.words:
            raise FileRefused("name_twice", found=code, place=place)
        self.asked = known
        known.words[language], known.helps[language] = row.get("text", ""), row.get("help", "")
        for name, value in row.items():
            if name not in (*NATIVE, OWN, "question_theme_name"):
                known.attributes.setdefault(name, {})[language] = value

    def _take_part(self, row: Mapping[str, str], class_: str, language: str, place: str) -> None:
        code, scale = row.get("name", "").strip(), row.get("type/scale", "").strip() or "0"
        if not code:
            raise FileRefused("no_name", place=place)
        if self.asked is None:
            raise FileRefused("ls_nowhere", found=code, place=place)
        part = self.asked.part(class_, code, scale)
        if part is None:
            part = Part(code, scale, relevance=row.get("relevance", "") if class_ == "SQ" else "")
            self.asked.add(class_, part)
        elif language in part.words:
            raise FileRefused("ls_code_twice", found=code, place=place)
        part.words[language] = row.get("text", "")


def _asked(row: Mapping[str, str], code: str) -> Asked:
    return Asked(
        code,
        row.get("type/scale", "").strip(),
        relevance=row.get("relevance", ""),
        mandatory=row.get("mandatory", ""),
        other=row.get("other", ""),
        pattern=row.get("validation", ""),
        defaults=[row["default"]] if row.get("default") else [],
        theme=row.get("question_theme_name", "").strip(),
    )


def _survey(rows: Sequence[Mapping[str, str]]) -> Survey:
    named = (row.get("text", "").strip() for row in rows if (row.get("class"), row.get("name")) == ("S", "language"))
    first = next(named, "") or next((row["language"] for row in rows if row.get("language")), "")
    if not first:
        raise FileRefused("malformed", found="language", place="S")
    building = _Building(first)
    for number, row in enumerate(rows, 2):
        building.take(row, f"row {number}")
    return building.survey
