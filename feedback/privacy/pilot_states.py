"""A pilot's life: which states there are, and which may follow which. Decides only; `operations.pilots.life` moves."""

#: In the order of a whole life.
STATES = ("draft", "approved", "collecting", "frozen", "reflecting", "decided", "archived")

#: A plan that nobody was asked about yet may be withdrawn, and an approved one that is changed waits for a new yes.
#: What was collected is never thrown away: from there on the only way leads over the decision.
LEGAL: dict[str, frozenset[str]] = {
    "draft": frozenset({"approved", "archived"}),
    "approved": frozenset({"draft", "collecting", "archived"}),
    "collecting": frozenset({"frozen"}),
    "frozen": frozenset({"reflecting"}),
    "reflecting": frozenset({"decided"}),
    "decided": frozenset({"archived"}),
    "archived": frozenset(),
}


def may_move(now: str, to: str, *, standing: bool = False) -> bool:
    """Whether a pilot in the state `now` may move to the state `to`. A standing pilot is always being collected for."""
    return not standing and to in LEGAL[now]
