"""The kinds of rows that an XLSForm has, after pyxform's question types and their older names."""

import re
from dataclasses import dataclass

#: Filled in by the device or about the person: never collected.
PERSONAL = frozenset(
    {
        "start",
        "end",
        "today",
        "deviceid",
        "device_id",
        "imei",
        "username",
        "subscriberid",
        "subscriber_id",
        "simserial",
        "sim_serial",
        "phonenumber",
        "phone_number",
        "email",
        "audit",
        "background-audio",
        "background-geopoint",
        "start-geopoint",
        "geopoint",
        "location",
        "geotrace",
        "geoshape",
        "gps",
        "csv-external-username",
        "get_device_id",
        "get_phone_number",
        "get_subscriber_id",
        "get_sim_id",
        "get_start_time",
        "get_end_time",
        "get_today",
        "uri:deviceid",
        "uri:subscriberid",
        "uri:simserial",
        "uri:phonenumber",
        "uri:username",
        "uri:email",
    }
)
#: Types that are questions here, and what they are called in `Kind`.
_PLAIN = {
    "text": "text",
    "string": "text",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "range": "range",
    "note": "note",
    "acknowledge": "acknowledge",
    "trigger": "acknowledge",
    "date": "date",
    "calculate": "calculate",
    "calculation": "calculate",
    "hidden": "calculate",
}
_SELECTS = (
    "select[_ ]one[_ ]from[_ ]file",
    "select[_ ]multiple[_ ]from[_ ]file",
    "select[_ ]one[_ ]external",
    "select all that apply from",
    "select all that apply",
    "select[_ ]multiple from",
    "select[_ ]multiple",
    "select one from",
    "select1",
    "select[_ ]one",
    "select one prompt using",
    "select multiple prompt using",
    "rank",
)
_SELECT = re.compile(
    rf"(?:add )?({'|'.join(_SELECTS)})\s+(\S+)(\s+or[_ ]other|\s+or specify other)?",
    re.IGNORECASE,
)
_GROUP = re.compile(r"(begin|end)[_ ](lgroup|group|repeat|loop|looped group)(?:\s+over\s+\S+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a row is: "select_one", "select_multiple", "rank", "text", …, "begin", "end", "personal" or "unknown".

    `answers` names the list; `repeats` is a group that is asked several times over.
    """

    name: str
    answers: str = ""
    other: bool = False
    repeats: bool = False


def kind_of(type_: str) -> Kind:
    """What the cell under "type" says."""
    said = " ".join(type_.split())
    group, select = _GROUP.fullmatch(said), _SELECT.fullmatch(said)
    if group:
        return Kind(group[1].lower(), repeats=group[2].lower() != "group")
    if select:
        return _select(select[1].lower().replace("_", " "), select[2], other=bool(select[3]))
    if said.lower().replace(" ", "_") in PERSONAL or said.lower() in PERSONAL:
        return Kind("personal")
    return Kind(_PLAIN.get(said.lower(), "unknown"))


def _select(written: str, answers: str, *, other: bool) -> Kind:
    if "file" in written or "external" in written:
        return Kind("elsewhere", answers)
    if written == "rank":
        return Kind("rank", answers)
    several = "multiple" in written or "all" in written
    return Kind("select_multiple" if several else "select_one", answers, other)
