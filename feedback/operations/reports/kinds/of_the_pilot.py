"""What sheets share that show a pilot's evidence together with something more."""

from dataclasses import dataclass
from datetime import date

from feedback.operations.reports.kinds.kind import Mark
from feedback.operations.reports.kinds.pilot import PilotReport


@dataclass(frozen=True, slots=True)
class OfThePilot:
    """The pilot report's facts; the edges of a sheet say of which evidence it is."""

    told: PilotReport

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What sort of figures these are."""
        return self.told.marks

    @property
    def release(self) -> str:
        """The start of the evidence's hash."""
        return self.told.release

    @property
    def released_on(self) -> date:
        """The day of the evidence."""
        return self.told.released_on
