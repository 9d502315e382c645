"""Whose law a school goes by, as data: one file a jurisdiction, every rule with its source. Input for a school's own
privacy officer, and not legal advice.

A file that says something this reader does not know is refused by the name of what it said, and so is one that asks
for less than the floor.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from feedback.config import LAWS
from feedback.setting_values import FLOOR_PUBLIC, FLOOR_TEAM, MOST_PEOPLE
from forms.checks.profiles import profiles as topic_lists

#: Days between the notice to families and the first answer that a jurisdiction can ask for.
NOTICE_DAYS = (0, 10, 14, 30)
#: The age of the youngest in each of the forms' age bands.
_YOUNGEST = {"6-8": 6, "9-11": 9, "12-14": 12, "15-18": 15}


class JurisdictionUnreadable(ValueError):
    """A file of a jurisdiction cannot be used. The text names the file, the place in it, and what is wrong."""


class Consent(StrEnum):
    """What a family has to be asked, from the mildest to the strictest."""

    NONE = "none"
    OPT_OUT = "notice_opt_out"
    OPT_IN = "written_opt_in"

    @property
    def weight(self) -> int:
        """0 for the mildest."""
        return tuple(Consent).index(self)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Source(_Strict):
    """Where a rule stands. `link` is text to type, nothing loads it; `chosen`: the law names no number, so we chose."""

    law: Annotated[str, Field(min_length=1, max_length=200)]
    section: Annotated[str, Field(max_length=200)] = ""
    link: Annotated[str, Field(max_length=200)] = ""
    chosen: bool = False


class ConsentRule(_Strict):
    """What is asked of the families of an audience: of all, or of those `under` an age; always, or of protected topics
    alone."""

    audience: Literal["students", "families", "staff"]
    mode: Consent
    under: Annotated[int, Field(ge=6, le=21)] | None = None
    when: Literal["always", "protected"] = "always"
    source: Source

    def holds(self, audience: str, ages: str | None, *, protected: bool) -> bool:
        """Whether it is about a form for this audience and age band, with or without protected topics."""
        is_young = self.under is None or _YOUNGEST.get(ages or "", 0) < self.under
        return audience == self.audience and is_young and (protected or self.when == "always")


class Days(_Strict):
    """How many days before the first answer families are told."""

    days: Literal[0, 10, 14, 30]
    source: Source


class Protected(_Strict):
    """Which list of protected topics holds (`forms.checks.profiles`)."""

    list: str
    source: Source

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        if self.list not in topic_lists():
            raise ValueError(f"{self.list!r} is no list of topics; there are: {', '.join(topic_lists())}")
        return self


class Crowd(_Strict):
    """The fewest people that are shown, inside the team and to everybody."""

    team: Annotated[int, Field(ge=FLOOR_TEAM, le=MOST_PEOPLE)]
    public: Annotated[int, Field(ge=FLOOR_PUBLIC, le=MOST_PEOPLE)]
    source: Source


class Gifts(_Strict):
    """Whether something may be given for taking part."""

    allowed: bool
    source: Source


class Age(_Strict):
    """From which age people decide for themselves."""

    years: Annotated[int, Field(ge=13, le=21)]
    source: Source


def _known_schedule(name: str) -> str:
    if name not in LAWS:
        raise ValueError(f"there is no schedule {name!r}; there are {', '.join(LAWS)}")
    return name


class Keeping(_Strict):
    """Which schedule of retention holds."""

    #: A profile of `privacy/schedule.yaml`.
    schedule: Annotated[str, AfterValidator(_known_schedule)]
    source: Source


class Jurisdiction(_Strict):
    """The rules of a place, each with its source."""

    id: str
    consent: Annotated[tuple[ConsentRule, ...], Field(min_length=1)]
    notice: Days
    topics: Protected
    crowd: Crowd
    gifts: Gifts
    own_age: Age
    retention: Keeping

    def consent_for(self, audience: str, ages: str | None, *, protected: bool) -> Consent:
        """The strictest of what its rules ask of a form's families."""
        found = (rule.mode for rule in self.consent if rule.holds(audience, ages, protected=protected))
        return max(found, key=lambda mode: mode.weight, default=Consent.NONE)

    @property
    def protected(self) -> frozenset[str]:
        """The protected topics."""
        return frozenset(topic_lists()[self.topics.list].topics)


def read_jurisdiction(text: str, *, name: str) -> Jurisdiction:
    """What a file says; JurisdictionUnreadable."""
    try:
        said: Any = yaml.safe_load(text)
    except yaml.YAMLError as broken:
        raise JurisdictionUnreadable(f"{name} is no YAML: {broken}") from broken
    if not isinstance(said, Mapping):
        raise JurisdictionUnreadable(f"{name} has no rules")
    try:
        return Jurisdiction.model_validate({"id": Path(name).stem, **said})
    except ValidationError as wrong:
        told = "; ".join(_told(each["loc"], each["type"], each["msg"]) for each in wrong.errors())
        raise JurisdictionUnreadable(f"{name}: {told}") from wrong


@cache
def jurisdictions() -> Mapping[str, Jurisdiction]:
    """All of them by their ids, in the order of their files' names, the strictest last."""
    files = sorted(Path(__file__).parent.glob("*.yaml"), key=lambda path: (path.stem == "strictest", path.stem))
    return {path.stem: read_jurisdiction(path.read_text(encoding="utf-8"), name=path.name) for path in files}


def _told(place: tuple[int | str, ...], kind: str, message: str) -> str:
    where = ".".join(map(str, place))
    return f"{where} is not a rule that there is" if kind == "extra_forbidden" else f"{where}: {message}"
