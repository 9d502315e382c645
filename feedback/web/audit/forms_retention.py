"""Forms of the page of retention: a legal hold, deleting before the day, and why."""

from wtforms import SelectField

from feedback.web.forms_desk import N_, DeskForm, Needed, SomeOfField, WordsField

_WHY = N_("Write down why.")


class HoldForm(DeskForm):
    """A hold on everything, on a pilot or on a round: `on` is "all:", "pilot:ID" or "round:ID"."""

    on = SelectField(validate_choice=True)
    reason = WordsField(longest=500, validators=[Needed(_WHY)])
    basis = WordsField(longest=500, validators=[Needed(N_("Write down which law, order or letter asks for it."))])


class WhyForm(DeskForm):
    """Why a second person is asked for their yes."""

    reason = WordsField(longest=500, validators=[Needed(_WHY)])


class EarlyForm(WhyForm):
    """What is deleted before its day."""

    layers = SomeOfField(choices=[], validators=[Needed(N_("Choose what is deleted."))])
