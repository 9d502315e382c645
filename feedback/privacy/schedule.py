"""The schedule of retention, `schedule.yaml`: layer by layer, for the law that holds at the school.

It decides nothing: `privacy.retention` says what is due, `operations.retention.purge` deletes it.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from feedback.config import LAWS
from feedback.privacy.permissions import ROLES

_FILE = Path(__file__).with_name("schedule.yaml")
_Text = Annotated[str, Field(min_length=1)]


class Layer(BaseModel):
    """One layer. `days` is the most that it is kept, from what `starts` names; `tables` are what it is made of."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    code: _Text
    owner: _Text
    days: Annotated[int, Field(ge=1)]
    starts: Literal["closed", "counted", "written", "seen", "made"]
    basis: _Text
    tables: list[str]


class _Change(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    code: _Text | None = None
    days: Annotated[int, Field(ge=1)] | None = None
    basis: _Text | None = None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    default: dict[str, Layer]
    profiles: dict[str, dict[str, _Change]]
    kept: dict[str, _Text]


@cache
def schedule_of(law: str) -> Mapping[str, Layer]:
    """Every layer by its name, in the order of the file, as one of `feedback.config.LAWS` has it; KeyError."""
    read = _read()
    changes = read.profiles[law]
    return {
        name: layer.model_copy(update=changes[name].model_dump(exclude_none=True)) if name in changes else layer
        for name, layer in read.default.items()
    }


def is_too_long(law: str, comments_days: int, tallies_days: int) -> bool:
    """Whether a plan keeps comments or counts longer than the schedule of this law allows."""
    layers = schedule_of(law)
    return comments_days > layers["comments"].days or tallies_days > layers["tallies"].days


def kept_tables() -> Mapping[str, str]:
    """Tables that no day ends: name -> why."""
    return _read().kept


@cache
def _read() -> _File:
    read = _File.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
    unknown = {name for changes in read.profiles.values() for name in changes} - read.default.keys()
    strangers = {layer.owner for layer in read.default.values()} - set(ROLES)
    if unknown or strangers or set(read.profiles) != set(LAWS):
        raise ValueError(f"schedule.yaml has a layer, a role or a law that is not known: {sorted(unknown | strangers)}")
    return read
