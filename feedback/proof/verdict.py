"""One line of the table that the privacy officer reads."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """Whether one thing holds. `means` is one plain sentence; `seen` what was found, never an answer or a code.

    Nor a number that follows from how many people have answered: while a box is open nobody may learn that.
    """

    name: str
    holds: bool
    means: str
    seen: str


@dataclass(frozen=True, slots=True)
class Check:
    """A line before anything was looked at."""

    name: str
    means: str

    def line(self, holds: bool, seen: str) -> Line:
        """The line with what was seen."""
        return Line(self.name, holds, self.means, seen)

    def by_finds(self, finds: list[str], otherwise: str, *, cure: str = "") -> Line:
        """The line that holds if nothing was found; at most three finds are named, then what helps.

        How many more there are is not said, for it may follow from how many have answered.
        """
        if not finds:
            return self.line(holds=True, seen=otherwise)
        more = ", and more" if len(finds) > 3 else ""
        then = f". What helps: {cure}" if cure else ""
        return self.line(holds=False, seen="; ".join(finds[:3]) + more + then)
