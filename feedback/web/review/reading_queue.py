"""The reading queue: one text at a time, and what becomes of it. No page tells how many wait, or whose they are."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from feedback.i18n import gettext
from feedback.operations.counting.reading_queue import (
    LONGEST_INSTEAD,
    VERDICTS,
    ToRead,
    decide,
    escalated,
    is_recorded,
    next_to_read,
    reads_anything,
    sign_check,
)
from feedback.operations.errors import NotReady, TakenBack
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.web.forms_desk import N_, DeskForm, OneOfField, WordsField
from feedback.web.place import now, signed_in, the_school, today

bp = Blueprint("reading_queue", __name__, url_prefix="/<language>/desk/reading")


class VerdictForm(DeskForm):
    """What becomes of one text; `instead` is what stands in its place."""

    verdict = OneOfField(choices=list(VERDICTS), sentence=N_("Say what is to become of it."))
    instead = WordsField(longest=LONGEST_INSTEAD)
    #: Whether words in it may mean danger; and whether somebody has said twice that they do not.
    graded = BooleanField()
    sure = BooleanField()

    def validate(self, extra_validators: object = None) -> bool:
        """Words that are to be replaced need others; and a slip of the hand must not hide that a child is in danger."""
        super().validate(extra_validators)
        if self.verdict.data == "redact" and not self.instead.data:
            self.blame("instead", N_("Write what is to stand in its place."))
        elif self.asks_again:
            self.refuse(
                N_("Words in this may mean that somebody is in danger. If you are sure that nobody is, press again.")
            )
        return not self.problems()

    @property
    def asks_again(self) -> bool:
        """Whether the button has to be pressed a second time."""
        return bool(self.graded.data and not self.sure.data and self.verdict.data in ("fine", "redact"))


@bp.before_request
def only_readers() -> None:
    """NotPermitted for everybody else."""
    allow(signed_in(), Action.READ_QUEUE)


@bp.get("/")
def show() -> str:
    """The next text, or that nothing waits."""
    if not reads_anything(the_school(), signed_in()):
        return render_template("reading_queue/nobody.html")
    left = frozenset(request.args.getlist("left"))
    found = next_to_read(the_school(), signed_in(), leaving=left)
    if found is None:
        return render_template("reading_queue/read.html", left=left, form=DeskForm())
    return _page(found, VerdictForm(formdata=None, instead=found.text))


@bp.post("/<part_id>")
def answer(part_id: str) -> ResponseReturnValue:
    """Decide about one text, and on to the next."""
    form = VerdictForm()
    if not form.validate_on_submit():
        left = frozenset(request.args.getlist("left"))
        found = next_to_read(the_school(), signed_in(), leaving=left)
        return (_page(found, form), 422) if found is not None and found.id == part_id else redirect(url_for(".show"))
    told = decide(the_school(), signed_in(), part_id, form.verdict.data, instead=form.instead.data or "", now=now())
    if told is not None:
        return redirect(url_for(".act", _anchor=told.id))
    flash(gettext("Saved."))
    return redirect(url_for(".show", left=request.args.getlist("left")))


@bp.get("/act")
def act() -> str:
    """What was escalated, until it stands in the school's own record."""
    found = escalated(the_school(), signed_in())
    return render_template("reading_queue/act.html", found=found, form=DeskForm())


@bp.post("/act/<part_id>")
def recorded(part_id: str) -> ResponseReturnValue:
    """It stands in the school's own record, and goes from here."""
    is_recorded(the_school(), signed_in(), part_id, now=now())
    flash(gettext("It is gone from here."))
    return redirect(url_for(".act") if escalated(the_school(), signed_in()) else url_for(".show"))


@bp.post("/signed")
def sign() -> ResponseReturnValue:
    """The daily rota."""
    try:
        sign_check(the_school(), signed_in(), now=now(), today=today())
        flash(gettext("Signed: you have looked today."))
    except NotReady:
        flash(gettext("Something still waits to be read."))
    return redirect(url_for(".show"))


@bp.errorhandler(TakenBack)
def taken_back(_gone: TakenBack) -> ResponseReturnValue:
    """Withdrawn, or the other reader was faster: on to the next."""
    flash(gettext("This text is not here any more: it was taken back, or somebody else has read it."))
    return redirect(url_for(".show"))


def _page(found: ToRead, form: VerdictForm) -> str:
    left = [*request.args.getlist("left")]
    return render_template("reading_queue/text.html", found=found, form=form, left=left)
