"""What the team makes of the evidence: reflections, meetings, lessons, cycles and the decision."""

from datetime import date
from typing import Literal

from pydantic import Field

from feedback.operations.pilots.entries.base import Body, Line, Role, Source, Text, Written


class Reflection(Body):
    """One team member's answers to the four questions."""

    happened: Text = ""
    intended: Text = ""
    changed_for_students: Text = ""
    next: Text = ""


class Review(Body):
    """A meeting: when, for how many minutes, what about; `notes` once it was held."""

    day: date
    minutes: int = Field(ge=5, le=240)
    agenda: tuple[Line, ...] = ()
    notes: Text = ""


class Debrief(Body):
    """Three columns: what works, what needs adjusting, and why."""

    effective: tuple[Line, ...] = ()
    adjust: tuple[Line, ...] = ()
    why: tuple[Line, ...] = ()


class AfterAction(Body):
    """Expected, actual, why they differ, what to sustain, what to improve."""

    expected: Text = ""
    actual: Text = ""
    why: Text = ""
    sustain: Text = ""
    improve: Text = ""


class Conversation(Body):
    """A data conversation: notice, wonder, at least two rival causes, what to check, what to do."""

    notice: Text = ""
    wonder: Text = ""
    causes: tuple[Line, ...] = ()
    check: Text = ""
    do: Text = ""


class Lesson(Body):
    """What was learned, with tags; the log is added to, never rewritten."""

    learned: Written
    tags: tuple[Line, ...] = ()


class Prediction(Body):
    """A question of a cycle, what was predicted, and what came out."""

    question: Line
    predicted: Line
    result: Text = ""
    confirmed: Literal["", "yes", "partly", "no"] = ""


class Cycle(Body):
    """Plan, do, study, act (domain.md 4.4). `number` counts from 1; `carried` is what the cycle before handed on."""

    number: int = Field(ge=1)
    aim: Line
    sort: Literal["collect", "develop", "test", "implement"]
    starts_on: date | None = None
    ends_on: date | None = None
    change: Text = ""
    tasks: Text = ""
    predictions: tuple[Prediction, ...] = ()
    as_planned: Literal["", "yes", "partly", "no"] = ""
    observed: Text = ""
    learned: Text = ""
    improved: Literal["", "yes", "cannot_tell", "no"] = ""
    act: Literal["", "adopt", "adapt", "widen", "abandon"] = ""
    carried: Text = ""
    next: Text = ""


class Cited(Body):
    """A piece of evidence that a decision rests on: a finding (round, question) or an entry of the book."""

    source: Source
    round_id: str = ""
    question: str = ""
    entry_id: str = ""
    says: Line


class PilotDecision(Body):
    """Scale, adjust or stop: the evidence, who disagreed and why, which roles signed, when it is looked at again."""

    choice: Literal["scale", "adjust", "stop"]
    because: Written
    cited: tuple[Cited, ...]
    dissent: Text = ""
    signers: tuple[Role, ...]
    next_review: date
    confirms_verdict: bool = True
    #: Why it goes against the verdict, where it does.
    overrules_because: Text = ""
    #: When it is asked again whether what is scaled still works.
    recheck_on: date | None = None
    #: Why the decision before this one is replaced, where there was one.
    again_because: Text = ""
    evidence_sha256: str = ""


class ExitStep(Body):
    """A line of the exit checklist: its place in it, what ends, whose role sees to it, by when."""

    what: Line
    owner: Role
    due: date | None = None
    number: int = 0


class Idea(Body):
    """What somebody says should be tried next; `proposed_by` is a class or a role."""

    idea: Line
    proposed_by: Role
