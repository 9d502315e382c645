"""The form of a round: from what is typed to a `RoundPlan`."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar

from wtforms import BooleanField
from wtforms.validators import Optional

from feedback.operations.errors import NotReady
from feedback.operations.rounds.course import DEFAULT_K, FLOOR, WAVES, RoundPlan, possible_breakdowns
from feedback.web.forms_desk import (
    N_,
    DayField,
    LineField,
    MomentField,
    OneOfField,
    SomeOfField,
    WholeNumberField,
    WordsField,
)
from feedback.web.place import now, the_school, today
from feedback.web.rounds.forms_asking import AskingForm, Sentences, asking
from forms.questions import AnyQuestion

#: What to say for each code of `RoundPlan.missing` that no field finds by itself, and at which field.
_MISSING: Sentences = {
    "title": ("title", N_("Give the round a name, for example “Class 5A” or “Families of year 3”.")),
    "window": ("closes_at", N_("The round has to close after it opens.")),
    "paper": ("paper_until", N_("Paper needs a day after the round closes, and a round that people answer here.")),
    "promise": ("promise_on", N_("Promise a day on which people hear back, not before the round closes.")),
    "k_floor": ("k", N_("Wait for at least 5 voices.")),
    "k_without_cap": ("group_size", N_("Say how many people you ask, or wait for at least 20 voices.")),
    "group_size": ("group_size", N_("You cannot wait for more voices than there are people.")),
    "slips_group_size": ("slips", N_("Say how many people you ask, so that no more slips than that are printed.")),
    "slips_imported": ("slips", N_("Answers from a file need no slips.")),
    "breakdowns": ("breakdowns", N_("Compare only by questions that are asked, or by groups that you name.")),
    "groups": ("groups", N_("Write one group a line, each name once and at most 40 letters long: “5A, 24”.")),
    "retention": ("keep_comments_days", N_("Comments cannot be kept longer than counts.")),
    "retention_schedule": (
        "keep_comments_days",
        N_("The school’s schedule keeps comments and counts for fewer days. See the page of retention."),
    ),
    "if_too_few": ("if_too_few", N_("Answers from a file are all there at once: choose that the box is destroyed.")),
}
_GROUP = re.compile(r"(?P<name>.*?)\s*(?:[,،;]\s*(?P<size>\d{1,5})\s*)?")
_GROUP_VARIABLE = "group"


class RoundForm(AskingForm):
    """A round of a pilot; `round_form` makes one for an instrument."""

    sentences: ClassVar[Sentences] = _MISSING

    title = LineField()
    wave = OneOfField(choices=list(WAVES), sentence=N_("Choose which wave it is, or none."))
    opens_at = MomentField()
    closes_at = MomentField()
    paper_until = DayField(validators=[Optional()])
    promise_on = DayField()
    class_session = BooleanField()
    read_aloud = BooleanField()
    group_size = WholeNumberField()
    slips = BooleanField()
    k = WholeNumberField(least=FLOOR)
    if_too_few = OneOfField(
        choices=["destroy", "extend", "join"], sentence=N_("Choose what happens if too few people answer.")
    )
    groups = WordsField(longest=4000)
    breakdowns = SomeOfField(choices=[])
    keep_comments_days = WholeNumberField(most=3650)
    keep_tallies_days = WholeNumberField(most=3650)
    imported = BooleanField()

    def comparable(self) -> list[AnyQuestion]:
        """The questions that results can be compared by."""
        possible = possible_breakdowns(self.instrument, has_groups=False)
        return [question for question in self.instrument.questions if question.id in possible]

    def plan(self) -> RoundPlan:
        """What was typed, as far as it could be read; NotReady where its words cannot be asked."""
        # A moment that cannot be read has its own sentence already; the other checks should still be made.
        opens_at, closes_at = _utc(self.opens_at.data), _utc(self.closes_at.data)
        return RoundPlan(
            instrument=self.tailored(),
            title=self.title.data or "",
            languages=tuple(self.languages.data or ()),
            opens_at=opens_at or now(),
            closes_at=closes_at or now(),
            paper_until=_utc(_end_of(self.paper_until.data)),
            promise_on=self.promise_on.data,
            k=self.k.data or 0,
            group_size=self.group_size.data,
            slips=self.slips.data,
            breakdowns=tuple(self.breakdowns.data or ()),
            groups=_groups(self.groups.data or ""),
            keep_comments_days=self.keep_comments_days.data or 0,
            keep_tallies_days=self.keep_tallies_days.data or 0,
            if_too_few=self.if_too_few.data or "",
            class_session=self.class_session.data,
            read_aloud=self.read_aloud.data,
            imported=self.imported.data,
            wave=self.wave.data or "",
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Fields first, then what the plan as a whole is missing, each said at its place."""
        super().validate(extra_validators)
        if self.asked.errors:
            return False
        try:
            missing = self.plan().missing()
        except NotReady as refused:
            missing = refused.missing
        self.blame_missing(code for code in missing if not (code == "window" and self.opens_at.errors))
        return not self.problems()


def round_form(name: str) -> RoundForm:
    """The form for a library instrument, filled with what most rounds need: a week, and a promise two weeks later."""
    closes_on = today() + timedelta(days=7)
    form: RoundForm = asking(
        RoundForm,
        name,
        hears_writing=True,
        opens_at=_on_the_clock(today(), time(8)),
        closes_at=_on_the_clock(closes_on, time(18)),
        promise_on=the_school().settings.calendar.school_day_from(closes_on + timedelta(days=14)),
        k=DEFAULT_K,
        wave="",
        if_too_few="destroy",
        keep_comments_days=90,
        keep_tallies_days=1095,
    )
    possible = [question.id for question in form.comparable()]
    form.breakdowns.offer([*possible, _GROUP_VARIABLE])
    return form


def _groups(typed: str) -> tuple[tuple[str, int | None], ...]:
    lines = [_GROUP.fullmatch(line.strip()) for line in typed.splitlines() if line.strip()]
    return tuple((line["name"], int(line["size"]) if line["size"] else None) for line in lines if line)


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else None


def _end_of(day: date | None) -> datetime | None:
    return _on_the_clock(day, time(23, 59)) if day else None


def _on_the_clock(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, the_school().settings.zone)
