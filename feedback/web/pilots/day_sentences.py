"""What a day in a pilot's calendar is, as a sentence of the page's language."""

from feedback.i18n import gettext as _
from feedback.operations.pilots.pilot_calendar import CalendarDay


def sentence(each: CalendarDay) -> str:
    """One line for the page and for the calendar file."""
    about = each.about
    sentences = {
        "approved": _("The pilot was approved"),
        "begins": _("The pilot begins"),
        "ends": _("The last day of the pilot"),
        "round_opens": _("Round opens: %(name)s", name=about),
        "round_closes": _("Round closes: %(name)s", name=about),
        "promise": _("People hear back: %(name)s", name=about),
        "comments_go": _("Comments are deleted: %(name)s", name=about),
        "figures_go": _("Figures are deleted: %(name)s", name=about),
        "milestone": about,
        "decision_point": _("Decision point: %(what)s", what=about),
        "review": _("Review meeting"),
        "cycle_begins": _("Cycle begins: %(what)s", what=about),
        "cycle_ends": _("Cycle ends: %(what)s", what=about),
        "reply_due": _("An answer that was promised is due: %(who)s", who=about),
        "next_review": _("The decision is looked at again"),
        "exit_step": _("Ending the pilot: %(what)s", what=about),
        "term_ends": _("A term on the team ends: %(who)s", who=about),
    }
    return sentences[each.code]
