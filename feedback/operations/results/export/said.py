"""Figures in plain text, for files that are no pages: the sentences of templates/macros, from the same catalogue.

Like those macros, nothing here can say more than the figure holds.
"""

from collections.abc import Mapping, Sequence

from analysis.summary import Direction, Figure, People, Share, TooFew, Verdict
from analysis.words import Beside, Difference, Size
from feedback.i18n import gettext, translations_now
from feedback.spoken import percent, whole
from forms.wording import N_

_VERDICTS = {
    Verdict.CLEAR_YES: N_("Clear yes"),
    Verdict.LEANING_YES: N_("Leaning yes"),
    Verdict.CANNOT_TELL: N_("Cannot tell"),
    Verdict.LEANING_NO: N_("Leaning no"),
    Verdict.CLEAR_NO: N_("Clear no"),
}
_CERTAINTY = {
    Verdict.CLEAR_YES: N_("We can be sure: it is more than half."),
    Verdict.LEANING_YES: N_("It is probably more than half, but not certain."),
    Verdict.CANNOT_TELL: N_("We cannot tell if it is more or less than half."),
    Verdict.LEANING_NO: N_("It is probably less than half, but not certain."),
    Verdict.CLEAR_NO: N_("We can be sure: it is less than half."),
}
_DIRECTIONS = {"most": N_("most"), "about_half": N_("about half"), "few": N_("few")}
_CHANGES = {
    "more": N_("More than before"),
    "same": N_("The same as before"),
    "less": N_("Less than before"),
}
_SINCE: dict[tuple[Beside, Size | None], str] = {
    (Beside.MORE, Size.LARGE): N_("Much more often than last time."),
    (Beside.MORE, Size.MEDIUM): N_("More often than last time."),
    (Beside.MORE, Size.SMALL): N_("Somewhat more often than last time."),
    (Beside.LESS, Size.LARGE): N_("Much less often than last time."),
    (Beside.LESS, Size.MEDIUM): N_("Less often than last time."),
    (Beside.LESS, Size.SMALL): N_("Somewhat less often than last time."),
    (Beside.ALIKE, None): N_("About as often as last time."),
}
_OTHERS: dict[tuple[Beside, Size | None], str] = {
    (Beside.MORE, Size.LARGE): N_("%(group)s: much more often than the other groups."),
    (Beside.MORE, Size.MEDIUM): N_("%(group)s: more often than the other groups."),
    (Beside.MORE, Size.SMALL): N_("%(group)s: somewhat more often than the other groups."),
    (Beside.LESS, Size.LARGE): N_("%(group)s: much less often than the other groups."),
    (Beside.LESS, Size.MEDIUM): N_("%(group)s: less often than the other groups."),
    (Beside.LESS, Size.SMALL): N_("%(group)s: somewhat less often than the other groups."),
}


def people_said(band: People | TooFew) -> str:
    """ "20 to 24", "112"; nothing where there are too few."""
    if isinstance(band, TooFew):
        return ""
    return whole(band.low) if band.low == band.high else range_said(whole(band.low), whole(band.high))


def share_said(figure: Figure) -> str:
    """ "72%", "80% or more", "about 7 in 10", "61% to 75%", "most"; nothing where it is hidden."""
    match figure:
        case Direction(word=word):
            return gettext(_DIRECTIONS[word])
        case Share():
            return _in_numbers(figure)
        case _:
            return ""


def _in_numbers(figure: Share) -> str:
    match figure:
        case Share(shape="exactly", point=point):
            return percent(point)
        case Share(shape="at_least", point=point):
            return gettext("%(share)s or more", share=percent(point))
        case Share(shape="at_most", point=point):
            return gettext("%(share)s or less", share=percent(point))
        case Share(low=40, high=60):
            return share_said(Direction("about_half"))
        case Share(low=low, high=high, point=point) if (low, high) in ((20, 40), (60, 80)):
            return gettext("about %(tenths)s in %(ten)s", tenths=whole(point // 10), ten=whole(10))
    return range_said(percent(figure.low), percent(figure.high))


def ends_said(figure: Figure) -> tuple[str, str]:
    """How low and how high chance could make a share; a coded end is open, and has no number."""
    if not isinstance(figure, Share):
        return "", ""
    low, high = (percent(end) for end in figure.interval)
    return ("" if figure.shape == "at_most" else low), ("" if figure.shape == "at_least" else high)


def range_said(low: str, high: str) -> str:
    """ "20 to 24"."""
    return gettext("%(low)s to %(high)s", low=low, high=high)


def answer_said(cell: str, labels: Mapping[str, str]) -> str:
    """The name of one answer. `labels` is {cell id: text}; the cells of a change have none."""
    return gettext(_CHANGES[cell]) if cell not in labels and cell in _CHANGES else labels[cell]


def answers_said(cells: Sequence[str], labels: Mapping[str, str], places: int | None = None) -> str:
    """ "Yes or Maybe"; all of them, however many. In a ranking with the `places` that are counted."""
    said = answer_said(cells[0], labels)
    for cell in cells[1:]:
        said = gettext("%(first)s or %(second)s", first=said, second=answer_said(cell, labels))
    if places is None:
        return said
    where = translations_now().ngettext(
        "%(answers)s, in first place", "%(answers)s, among the first %(places)s", places
    )
    return str(where) % {"answers": said, "places": whole(places)}


def verdict_said(verdict: Verdict) -> str:
    """One of the five words of a criterion."""
    return gettext(_VERDICTS[verdict])


def certainty_said(verdict: Verdict) -> str:
    """How sure a finding is, which is held against one half."""
    return gettext(_CERTAINTY[verdict])


def since_said(difference: Difference | None) -> str:
    """How a theme stands beside the last time; nothing where there was none."""
    if difference is None:
        return ""
    cannot_tell = N_("Whether it is more or less than last time, we cannot tell.")
    return gettext(_SINCE.get((difference.beside, difference.size), cannot_tell))


def others_said(difference: Difference, group: str) -> str:
    """How a group stands beside the other groups; nothing where no difference is told."""
    sentence = _OTHERS.get((difference.beside, difference.size))
    return gettext(sentence, group=group) if sentence else ""


def points_said(difference: Difference | None) -> str:
    """How many percentage points apart two shares are; nothing where no difference is told."""
    return range_said(*map(whole, difference.points)) if difference and difference.points else ""
