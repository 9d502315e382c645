"""Elements of SurveyJS that are answered by typing."""

from forms.exchange.assembly import Assembly, bands
from forms.exchange.surveyjs.nodes import Node
from forms.exchange.surveyjs.selects import Found
from forms.texts import Data

_HIGHEST = 1000
#: What asks who somebody is.
_PERSONAL = ("email", "tel", "password")
_PERIODS = ("month", "week")
_LONGEST = {"short-text": 200, "text": 5000}


def of_text(element: Node, to: Assembly, noted: Data) -> Found | None:
    """Words on a line or on several, a number, a month or a week; None, and a loss, for other things to type."""
    kind = element.text("inputType").lower() or "text"
    if element.text("type").lower() == "comment":
        return Found(_words(element, "text"))
    if element.text("type").lower() == "slider" or kind in ("number", "range"):
        return Found(_number(element, to, noted))
    if kind in _PERSONAL:
        to.lose("personal", element.at("inputType"), f"{element.said()} ({kind})")
    elif kind in _PERIODS and noted.get("type") == kind:
        return Found({"first": element.text("min"), "last": element.text("max"), "type": kind})
    elif kind in ("text", "url", "color"):
        if kind != "text":
            to.lose("appearance", element.at("inputType"), kind)
        return Found(_words(element, "short-text"))
    else:
        to.lose("type", element.at("inputType"), f"{element.said()} ({kind})")
    return None


def _words(element: Node, type_: str) -> Data:
    longest = element.whole("maxLength")
    return {"type": type_, **({"max_length": min(longest, _LONGEST[type_])} if longest else {})}


def _number(element: Node, to: Assembly, noted: Data) -> Data:
    name = element.text("name")
    low, high = element.whole("min"), element.whole("max")
    least = low or 0
    most = min(high if high is not None else max(_HIGHEST, least), 1_000_000)
    if low is None or high is None or least > most:
        least, most = (least, most) if least <= most else (0, _HIGHEST)
        to.lose("number_range", element.path, name, low=least, high=most)
    kept = noted.pop("bands", None)
    if isinstance(kept, list) and kept and kept[0] == least and kept[-1] <= most:
        return {"type": "number", "minimum": least, "maximum": most, "bands": kept}
    to.lose("number_bands", element.path, name)
    return {"type": "number", "minimum": least, "maximum": most, "bands": bands(least, most)}
