"""The log of incidents: what was found when, and when the authority was told (GDPR Art. 33(5) asks for such a log)."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from feedback.i18n import gettext
from feedback.operations.audit.incidents import WITHIN, IncidentSeen, all_incidents
from feedback.operations.audit.registers.kind import N_, Register, Section, Statement
from feedback.operations.school import School
from feedback.spoken import day, whole

NAME = "incidents"

#: How many people, as `operations.audit.incidents.BANDS` has it.
BAND_NAMES = {
    "nobody": N_("Nobody"),
    "under_10": N_("Fewer than 10"),
    "10_to_100": N_("10 to 100"),
    "over_100": N_("More than 100"),
    "unknown": N_("We do not know yet"),
}
NOTE_NAMES = {
    "learned": N_("Something more that we learned"),
    "measure": N_("Something that was done"),
    "told_authority": N_("The authority was told"),
    "told_people": N_("The people were told"),
    "closed": N_("The incident is closed"),
}


def make(session: Session, school: School, _language: str) -> Register:
    """Each incident with all that was added to it, in a section of its own, and how many there are."""
    found = all_incidents(session)
    in_time = sum(each.told_authority_at is not None and each.told_authority_at <= each.tell_by for each in found)
    counted = gettext(
        "Incidents written down: %(all)s. Still open: %(open)s. The authority was told within %(hours)s hours: "
        "%(in_time)s.",
        all=whole(len(found)),
        open=whole(sum(each.is_open for each in found)),
        hours=whole(int(WITHIN.total_seconds() // 3600)),
        in_time=whole(in_time),
    )
    title = gettext("Log of incidents")
    all_ = Section("all", gettext("All together"), (counted,))
    return Register(NAME, title, (all_, *(_one(each, school) for each in found)), (Statement(counted, "all"),))


def _one(each: IncidentSeen, school: School) -> Section:
    first = each.first
    sentences = (
        f"{gettext('What happened')}: {first.what}",
        f"{gettext('Which data')}: {first.data}",
        f"{gettext('How many people')}: {gettext(BAND_NAMES[first.people])}",
        f"{gettext('What was done')}: {first.measures}",
    )
    heading = gettext("Found on %(moment)s", moment=_moment(first.found_at, school))
    head = (gettext("Day"), gettext("What was added"), gettext("Words"), gettext("Account"))
    rows = tuple((_moment(note.at, school), gettext(NOTE_NAMES[note.kind]), note.words, note.by) for note in each.notes)
    return Section(each.id, heading, sentences, head if rows else (), rows)


def _moment(at: datetime, school: School) -> str:
    """To the minute, in the school's time zone: the 72 hours are counted."""
    local = at.replace(tzinfo=UTC).astimezone(school.settings.zone)
    return f"{day(local)}, {local:%H:%M}"
