"""Questions of ours that are a group in an XLSForm: a scale for then and now, points shared out over answers."""

from collections.abc import Sequence

from forms.exchange.assembly import Answer, Assembly
from forms.exchange.core import FileRefused
from forms.exchange.noted import sound
from forms.exchange.xlsform.kinds import kind_of
from forms.exchange.xlsform.questions import Group, Surroundings, show_if
from forms.exchange.xlsform.sheets import Row
from forms.questions import QUESTION_TYPES
from forms.texts import Data

#: The types that are written as a group.
COMPOSITE = ("then-now", "points")


def add_composite(rows: Sequence[Row], at: int, group: Group, around: Surroundings, to: Assembly) -> int:
    """Add the question that the group beginning at `at` stands for; how many rows that group has."""
    row = rows[at]
    inner: list[Row] = []
    for below in rows[at + 1 :]:
        kind = kind_of(below.get("type"))
        if kind.name == "end":
            break
        if kind.name == "begin":
            raise FileRefused("groups", place=below.at("type"))
        inner.append(below)
    else:
        raise FileRefused("groups", place=row.at("type"))
    noted = around.noted.of("item", row.get("name"))
    noted = {"type": noted["type"], **sound(QUESTION_TYPES[noted["type"]], noted, row.at(), to)}
    said = around.languages.said
    item: Data = {
        **noted,
        "id": to.new_id(row.get("name"), row.at("name")),
        "text": to.words(said(row, "label"), row.at("label")),
        "stem": group.stem,
        "show_if": noted.get("show_if") or show_if(row, group, to, noted),
    }
    hinted = next(({"hint": to.words(said(each, "hint"), each.at("hint"))} for each in inner if each.said("hint")), {})
    parts = _then_now(inner, around, to, row) if noted["type"] == "then-now" else _points(inner, around, to, row)
    if parts:
        to.add(
            {**item, **hinted, **parts}, row.get("name"), {option["id"]: option["id"] for option in parts["options"]}
        )
    return len(inner) + 2


def _then_now(inner: Sequence[Row], around: Surroundings, to: Assembly, row: Row) -> Data:
    kinds = [kind_of(each.get("type")) for each in inner]
    if len(inner) != 2 or any(kind.answers not in around.lists for kind in kinds):
        to.lose("extra_gone", row.at(), row.get("name"))
        return {}
    around.used.add(kinds[0].answers)
    options, _ = to.options("scale", around.lists[kinds[0].answers], row.at(), row.get("name"))
    then, now = (to.words(around.languages.said(each, "label"), each.at("label")) for each in inner)
    return {"options": options, "then": then, "now": now} if options else {}


def _points(inner: Sequence[Row], around: Surroundings, to: Assembly, row: Row) -> Data:
    answers = [
        Answer(each.get("name").rpartition("_")[2], around.languages.said(each, "label"), each.at()) for each in inner
    ]
    options, _ = to.options("ranking", answers, row.at(), row.get("name"))
    return {"options": options} if options else {}
