"""What an entry of each kind holds: the shapes of a pilot's book, one class a kind.

`book.add_entry` checks every entry against its shape; keys that a shape does not name are refused, so that nothing gets
into the book that nobody asked whether it may.
"""

from feedback.operations.pilots.entries.base import Body
from feedback.operations.pilots.entries.planned import Amendment, Cost, Dose, Milestone, PlanLine, Seat
from feedback.operations.pilots.entries.replied import Reply
from feedback.operations.pilots.entries.seen import Assessment, Claim, Observation, Totals, Usage, WhyNot, WorkSample
from feedback.operations.pilots.entries.thought import (
    AfterAction,
    Conversation,
    Cycle,
    Debrief,
    ExitStep,
    Idea,
    Lesson,
    PilotDecision,
    Reflection,
    Review,
)

#: Kind of entry -> its shape.
SHAPES: dict[str, type[Body]] = {
    "amendment": Amendment,
    "seat": Seat,
    "milestone": Milestone,
    "plan_line": PlanLine,
    "dose": Dose,
    "cost": Cost,
    "observation": Observation,
    "work_sample": WorkSample,
    "usage": Usage,
    "assessment": Assessment,
    "why_not": WhyNot,
    "claim": Claim,
    "totals": Totals,
    "reflection": Reflection,
    "review": Review,
    "debrief": Debrief,
    "after_action": AfterAction,
    "conversation": Conversation,
    "lesson": Lesson,
    "cycle": Cycle,
    "decision": PilotDecision,
    "exit_step": ExitStep,
    "reply": Reply,
    "idea": Idea,
}


def checked(kind: str, body: object) -> Body:
    """The body in the shape of its kind. ValueError for a kind that there is not; pydantic.ValidationError."""
    if kind not in SHAPES:
        raise ValueError(f"{kind} is no kind of entry")
    return SHAPES[kind].model_validate(body)
