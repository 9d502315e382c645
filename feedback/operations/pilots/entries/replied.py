"""Replies: you said, we thought, we did."""

from datetime import date
from typing import Literal

from pydantic import Field

from feedback.operations.pilots.entries.base import Body, Role, Text


class ReadyText(Body):
    """A ready sentence (`feedback.reply_sentences`) with what fills its blanks."""

    code: str
    values: dict[str, str] = Field(default_factory=dict)


class Said(Body):
    """One side of a reply: a ready sentence, or free text by language.

    `drafted` lists the languages whose text a machine wrote, or is older than the text it translates: nobody but staff
    sees it until a person has read it.
    """

    ready: ReadyText | None = None
    free: dict[str, Text] = Field(default_factory=dict)
    drafted: tuple[str, ...] = ()


#: What the answer is: something done, something promised, or a no with its reason.
AnswerIs = Literal["did", "will", "no_because"]


class Reply(Body):
    """You said (a finding of the round's release), we thought, we did or will do, or no, because.

    `release_sha256` is that of the public's figures, whose sentence is "you said". `published_on` is the day of the
    first publication, `kept_on` the day on which what was promised was done.
    """

    question: str
    thought: Said
    answer: Said
    answer_is: AnswerIs
    owner: Role
    due: date | None = None
    release_sha256: str
    published_on: date | None = None
    kept_on: date | None = None
