"""Which topics are protected where: `profiles.yaml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("profiles.yaml")


@dataclass(frozen=True, slots=True)
class Profile:
    """The law of a place. A question that touches one of `topics` waits for the officer's decision."""

    id: str
    topics: tuple[str, ...]


@cache
def profiles() -> dict[str, Profile]:
    """All profiles by their ids."""
    listed = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {id_: Profile(id_, tuple(topics)) for id_, topics in listed.items()}


def profile_of(id_: str) -> Profile:
    """One profile; KeyError if there is none of this id."""
    return profiles()[id_]


#: Where a school has not said which law is its own: every topic.
STRICTEST = profiles()["strictest"]
