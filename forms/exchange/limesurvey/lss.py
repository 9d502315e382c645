"""LimeSurvey's survey structure (.lss): XML with a table a tag, from database versions 130 to 999.

Since version 4 words stand in tables of their own (`*_l10ns`); before, each row was there once for each language.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar
from xml.etree.ElementTree import Element

from forms.exchange.core import MOST_PARTS, FileRefused, Imported
from forms.exchange.limesurvey.reading import draft_of
from forms.exchange.limesurvey.survey import Asked, Group, Part, Survey
from forms.exchange.opening import xml_root

_VERSIONS = range(130, 1000)
_DOCTYPE = re.compile(rb"<LimeSurveyDocType>|<\?xml[^>]*\?>\s*<document>")
#: Tables of what no form has: the loss that tells of each row, and the field that names it.
_OTHERS = {
    "quota": ("ls_quota", "name"),
    "assessments": ("ls_assessment", "name"),
    "survey_url_parameters": ("personal", "parameter"),
}
#: The rows of a table, each as field -> text.
_Rows = list[dict[str, str]]
_Owner = TypeVar("_Owner")


def is_lss(content: bytes) -> bool:
    """Whether the beginning of a file is that of LimeSurvey's XML."""
    return bool(_DOCTYPE.search(content[:2000]))


def read_lss(content: bytes) -> Imported:
    """The survey as a draft with what it lost; FileRefused."""
    root = xml_root(content)
    kind = (root.findtext("LimeSurveyDocType") or root.tag).strip()
    if kind != "Survey":
        raise FileRefused("ls_not_a_survey", found=kind)
    version = (root.findtext("DBVersion") or "").strip()
    if not re.fullmatch(r"\d{3}", version) or int(version) not in _VERSIONS:
        raise FileRefused("unknown_version", found=version)
    return draft_of(_Tables(root).survey())


class _Tables:
    """The tables of one file."""

    def __init__(self, root: Element) -> None:
        self.tables = {table.tag: list(_rows(table)) for table in root if table.find("rows") is not None}
        if sum(map(len, self.tables.values())) > 20 * MOST_PARTS:
            raise FileRefused("too_many_parts", most=MOST_PARTS)
        settings = self["surveys"][0] if self["surveys"] else {}
        named = (element.text or "" for element in root.iterfind("languages/language"))
        listed = [code.strip() for code in named if code.strip()]
        first = settings.get("language", "").strip() or (listed[0] if listed else "")
        if not first:
            raise FileRefused("malformed", found="languages", place="document")
        self.languages = list(dict.fromkeys([first, *listed]))
        self.settings = settings

    def __getitem__(self, name: str) -> _Rows:
        return self.tables.get(name, [])

    def survey(self) -> Survey:
        """All of it put together."""
        survey = Survey(self.languages, self.settings)
        for row in self["surveys_languagesettings"]:
            for name, text in row.items():
                survey.said.setdefault(name.removeprefix("surveyls_"), {})[row.get("surveyls_language", "")] = text
        groups = self._groups()
        survey.groups = [group for _gid, group in groups]
        questions = self._questions(dict(groups))
        self._answers(questions)
        self._attributes(questions)
        for table, (code, field) in _OTHERS.items():
            survey.others += [(code, table, row.get(field, "")) for row in self[table]]
        self._conditions(questions)
        return survey

    def _groups(self) -> list[tuple[str, Group]]:
        groups: dict[str, Group] = {}
        for row in sorted(self["groups"], key=lambda row: _whole(row.get("group_order"))):
            group = groups.setdefault(_id(row, "gid", "groups"), Group())
            group.relevance = row.get("grelevance", "")
            group.random = row.get("randomization_group", "")
        for row in (*self["groups"], *self["group_l10ns"]):
            if row.get("language"):
                found = _owner(groups, row, "gid", "group_l10ns")
                found.titles[row["language"]] = row.get("group_name", "")
                found.descriptions[row["language"]] = row.get("description", "")
        return list(groups.items())

    def _questions(self, groups: Mapping[str, Group]) -> dict[str, Asked]:
        found: dict[str, Asked] = {}
        parts: dict[str, Part] = {}
        for row in sorted(self["questions"], key=lambda row: _whole(row.get("question_order"))):
            id_ = _id(row, "qid", "questions")
            if id_ not in found:
                found[id_] = _asked(row)
                _owner(groups, row, "gid", "questions").questions.append(found[id_])
        for row in sorted(self["subquestions"], key=lambda row: _whole(row.get("question_order"))):
            id_ = _id(row, "qid", "subquestions")
            if id_ not in parts:
                scale = row.get("scale_id", "0") or "0"
                parts[id_] = Part(row.get("title", ""), scale, relevance=row.get("relevance", ""))
                _add(_owner(found, row, "parent_qid", "subquestions"), "SQ", parts[id_])
        for row in (*self["questions"], *self["subquestions"], *self["question_l10ns"]):
            if row.get("language"):
                _say({**parts, **found}, row)
        return found

    def _answers(self, questions: Mapping[str, Asked]) -> None:
        answers: dict[str, Part] = {}
        for row in sorted(self["answers"], key=lambda row: _whole(row.get("sortorder"))):
            question = _owner(questions, row, "qid", "answers")
            code, scale = row.get("code", ""), row.get("scale_id", "0") or "0"
            # Before version 4 an answer has no number of its own, and is there once for each language.
            id_ = row.get("aid") or f"{row['qid']} {code} {scale}"
            if id_ not in answers:
                answers[id_] = Part(code, scale)
                _add(question, "A", answers[id_])
            if row.get("language"):
                answers[id_].words[row["language"]] = row.get("answer", "")
        for row in self["answer_l10ns"]:
            _owner(answers, row, "aid", "answer_l10ns").words[row.get("language", "")] = row.get("answer", "")

    def _attributes(self, questions: Mapping[str, Asked]) -> None:
        for row in self["question_attributes"]:
            # Of questions that were deleted LimeSurvey leaves attributes behind, and subquestions have some too.
            question = questions.get(row.get("qid", ""))
            if question is not None and row.get("value"):
                question.attributes.setdefault(row.get("attribute", ""), {})[row.get("language", "")] = row["value"]
        for row in self["defaultvalues"]:
            question = questions.get(row.get("qid", ""))
            if question is not None:
                question.defaults.append(row.get("defaultvalue", "") or row.get("sqid", ""))

    def _conditions(self, questions: Mapping[str, Asked]) -> None:
        """Very old surveys have conditions in rows; newer ones say the same once more as relevance."""
        terms: dict[str, list[str]] = {}
        for row in self["conditions"]:
            question = questions.get(row.get("qid", ""))
            if question is not None and question.relevance.strip() in ("", "1"):
                # Such as 841748X3X3 == "Y".
                value, method = row.get("value", "").replace('"', ""), row.get("method", "").strip() or "=="
                said = f'{row.get("cfieldname", "").lstrip("+")}{method}"{value}"'
                terms.setdefault(row.get("qid", ""), []).append(said)
        for id_, joined in terms.items():
            # LimeSurvey asks for one of several answers to one question, and for all that is asked of several.
            fields = {term.partition("==")[0] for term in joined}
            questions[id_].relevance = (" or " if len(fields) == 1 else " and ").join(dict.fromkeys(joined))


def _rows(table: Element) -> Iterator[dict[str, str]]:
    for row in table.iterfind("rows/row"):
        yield {field.tag: field.text or "" for field in row}


def _asked(row: Mapping[str, str]) -> Asked:
    if not row.get("title", "").strip():
        raise FileRefused("no_name", place=f"questions, qid {row.get('qid', '')}")
    sgqa = "X".join(row.get(name, "") for name in ("sid", "gid", "qid"))
    return Asked(
        row["title"].strip(),
        row.get("type", "").strip(),
        relevance=row.get("relevance", ""),
        mandatory=row.get("mandatory", ""),
        other=row.get("other", ""),
        pattern=row.get("preg", ""),
        also=sgqa,
        theme=row.get("question_theme_name", "").strip(),
    )


def _say(asked: Mapping[str, Asked | Part], row: Mapping[str, str]) -> None:
    found, language = _owner(asked, row, "qid", "question_l10ns"), row["language"]
    if row.get("script", "").strip():
        raise FileRefused("script", place=f"question {found.code}", found=row["script"])
    found.words[language] = row.get("question", "")
    if isinstance(found, Asked):
        found.helps[language] = row.get("help", "")


def _add(question: Asked, kind: str, part: Part) -> None:
    if not part.code.strip():
        raise FileRefused("no_name", place=question.place)
    if question.part(kind, part.code, part.scale):
        raise FileRefused("ls_code_twice", found=part.code, place=question.place)
    question.add(kind, part)


def _owner(owners: Mapping[str, _Owner], row: Mapping[str, str], field: str, table: str) -> _Owner:
    if row.get(field, "") not in owners:
        raise FileRefused("ls_nowhere", found=f"{field} {row.get(field, '')}", place=table)
    return owners[row[field]]


def _id(row: Mapping[str, str], field: str, table: str) -> str:
    if not row.get(field):
        raise FileRefused("ls_nowhere", found=field, place=table)
    return row[field]


def _whole(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,9}", text.strip()) else 0
