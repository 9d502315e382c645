"""LimeSurvey's files as small as they can be: tests add what they are about."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

#: Surveys made by others; they do not go into the project.
FORMS = Path("/work/shared/data/forms")
_HEADER = ("class", "type/scale", "name", "relevance", "text", "help", "language", "mandatory", "other")

Row = Mapping[str, object]


def an_lss(*questions: Row, **tables: Sequence[Row]) -> bytes:
    """A survey in English with one group; a question's `sq` and `a` are its subquestions and answers: code -> words."""
    told: dict[str, list[Row]] = {
        "surveys": [{"sid": 1, "language": "en", "anonymized": "Y"}],
        "surveys_languagesettings": [{"surveyls_language": "en", "surveyls_title": "Reading"}],
        "groups": [{"gid": 1, "group_order": 0, "grelevance": ""}],
        "group_l10ns": [{"gid": 1, "language": "en", "group_name": "First", "description": ""}],
    }
    for number, asked in enumerate(questions, 1):
        _ask(told, number, dict(asked))
    for name, rows in tables.items():
        told[name] = [*told.get(name, []), *rows] if name not in ("surveys", "groups") else list(rows)
    body = "".join(_table(name, rows) for name, rows in told.items())
    languages = "<languages><language>en</language></languages>"
    head = "<LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>366</DBVersion>"
    return f'<?xml version="1.0" encoding="UTF-8"?><document>{head}{languages}{body}</document>'.encode()


def _ask(told: dict[str, list[Row]], number: int, asked: dict[str, object]) -> None:
    code, words = asked.pop("title"), asked.pop("question", "What is it?")
    parts, answers, said = asked.pop("sq", {}), asked.pop("a", {}), asked.pop("attributes", {})
    assert isinstance(parts, dict)
    assert isinstance(answers, dict)
    assert isinstance(said, dict)
    told.setdefault("questions", []).append(
        {"qid": number, "sid": 1, "gid": 1, "title": code, "question_order": number, **asked}
    )
    told.setdefault("question_l10ns", []).append({"qid": number, "language": "en", "question": words, "help": ""})
    for at, (part, text) in enumerate(parts.items()):
        id_, scale = number * 100 + at, 1 if str(part).startswith("X") else 0
        row = {"qid": id_, "parent_qid": number, "title": part, "question_order": at, "scale_id": scale}
        told.setdefault("subquestions", []).append(row)
        told["question_l10ns"].append({"qid": id_, "language": "en", "question": text, "help": ""})
    for at, (answer, text) in enumerate(answers.items()):
        id_, scale = number * 100 + at, 1 if str(answer).startswith("X") else 0
        told.setdefault("answers", []).append(
            {"aid": id_, "qid": number, "code": answer, "sortorder": at, "scale_id": scale}
        )
        told.setdefault("answer_l10ns", []).append({"aid": id_, "language": "en", "answer": text})
    rows = [{"qid": number, "attribute": name, "value": value} for name, value in said.items()]
    told.setdefault("question_attributes", []).extend(rows)


def _table(name: str, rows: Sequence[Row]) -> str:
    told = "".join(f"<row>{''.join(f'<{k}>{escape(str(v))}</{k}>' for k, v in row.items())}</row>" for row in rows)
    return f"<{name}><rows>{told}</rows></{name}>"


def a_tsv(*rows: Row) -> bytes:
    """LimeSurvey's tab-separated structure, in English, with one group."""
    first = ({"class": "S", "name": "language", "text": "en"}, {"class": "G", "name": "First", "language": "en"})
    lines = ["\t".join(str({"language": "en", **row}.get(name, "")) for name in _HEADER) for row in (*first, *rows)]
    return "\n".join(["\t".join(_HEADER), *lines, ""]).encode()
