"""Replies: you said, we thought, we did."""

from datetime import date
from typing import Literal

from pydantic import Field

from feedback.operations.entries.base import Body, Role, Text


class ReadyText(Body):
    """A ready sentence (`feedback.reply_sentences`) with what fills its blanks."""

    code: str
    values: dict[str, str] = Field(default_factory=dict)


class Said(Body):
    """One side of a reply: a ready sentence, or free text by language; `drafted` lists those a machine wrote."""

    ready: ReadyText | None = None
    free: dict[str, Text] = Field(default_factory=dict)
    drafted: tuple[str, ...] = ()


class Reply(Body):
    """You said (a finding of the round's release), we thought, we did or will do, or no, because."""

    question: str
    thought: Said
    answer: Said
    answer_is: Literal["did", "will", "no_because"]
    owner: Role
    due: date | None = None
    release_sha256: str
