"""Questions for a number: their range, and the groups that numbers are counted in."""

import re

from forms.exchange.assembly import Assembly, bands
from forms.exchange.xlsform.expressions import whole_range
from forms.exchange.xlsform.kinds import Kind
from forms.exchange.xlsform.sheets import Row
from forms.texts import Data

_HIGHEST = 1000


def number(row: Row, kind: Kind, to: Assembly, noted: Data) -> Data:
    """The question without its texts; `noted` is what we noted about it, and loses what is used of it."""
    constraint = row.get("constraint")
    edges = _parameters(row) if kind.name == "range" else whole_range(constraint) if constraint else (None, None)
    low, high = edges or (None, None)
    least, most = max(low or 0, 0), min(high if high is not None else _HIGHEST, 1_000_000)
    if kind.name == "decimal":
        to.lose("fraction", row.at("type"), row.get("name"))
    if kind.name == "range":
        to.lose("as_number", row.at("type"), f"{row.get('type')} {row.get('parameters')}".strip())
    if low is None or high is None or least > most:
        least, most = (least, most) if least <= most else (0, _HIGHEST)
        to.lose("number_range", row.at("constraint"), row.get("name"), low=least, high=most)
    noted.pop("minimum", None), noted.pop("maximum", None)
    kept = noted.pop("bands", None)
    if isinstance(kept, list) and kept and kept[0] == least and kept[-1] <= most:
        return {"type": "number", "minimum": least, "maximum": most, "bands": kept}
    to.lose("number_bands", row.at(), row.get("name"))
    return {"type": "number", "minimum": least, "maximum": most, "bands": bands(least, most)}


def _parameters(row: Row) -> tuple[int, int] | None:
    """From and to of a range, which are 0 and 10 where it does not say them; None for fractions."""
    found = dict(re.findall(r"(start|end)\s*=\s*(\S+)", row.get("parameters")))
    edges = [found.get("start", "0"), found.get("end", "10")]
    whole = [int(edge) for edge in edges if re.fullmatch(r"-?\d{1,7}", edge)]
    return (whole[0], whole[1]) if len(whole) == 2 else None
