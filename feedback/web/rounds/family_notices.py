"""A round and its families: what the law asks, the letter to print, the notice that was given, and their say."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import Catalogue, gettext, offered
from feedback.operations.answers.publish import asked_of
from feedback.operations.errors import NotReady
from feedback.operations.rounds.course import RoundStatus, round_for
from feedback.operations.rounds.family_notices import Given, clock_of, give_notice, mind_families
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.spoken import language_now
from feedback.web.forms_desk import N_
from feedback.web.place import now, signed_in, the_school, today
from feedback.web.rounds.forms_rules import FamiliesForm, NoticeForm
from feedback.web.rounds.notice_words import channel_names, letter, words_of_letter

bp = Blueprint("family_notices", __name__, url_prefix="/<language>/desk/rounds/<round_id>/families")

bp.add_app_template_global(channel_names, "channel_names")


@bp.get("")
def show(round_id: str) -> str:
    """What families have to be told and asked, and what was done of it."""
    return _page(round_id)


@bp.post("/notice")
def notice(round_id: str) -> ResponseReturnValue:
    """Families were told, in these languages, on this day."""
    status = _round(round_id)
    form = NoticeForm()
    form.languages.offer(status.round.languages)
    if form.validate():
        asked, clock = asked_of(the_school(), status.round, None), clock_of(the_school(), round_id)
        words = {code: words_of_letter(letter(asked, clock, code)) for code in _spoken(form.languages.data or [])}
        try:
            given = Given(form.given_on.data or today(), form.channel.data, words)
            give_notice(the_school(), signed_in(), round_id, given, now=now())
            flash(gettext("The notice is kept, with its words and the version of the form."))
            return redirect(url_for(".show", round_id=round_id))
        except NotReady as refused:
            form.blame_notice(refused.missing)
    return _page(round_id, notice_form=form), 422


@bp.post("/say")
def say(round_id: str) -> ResponseReturnValue:
    """How many slips are kept back, and what is given."""
    form = FamiliesForm()
    if form.validate():
        kept_back, gift = form.kept_back.data, form.gift_words.data or ""
        try:
            mind_families(the_school(), signed_in(), round_id, kept_back=kept_back, gift_words=gift, now=now())
            return redirect(url_for(".show", round_id=round_id))
        except NotReady:
            form.blame("gift_words", N_("Under these rules nothing may be given for taking part."))
    return _page(round_id, families=form), 422


@bp.get("/letter")
def letters(round_id: str) -> str:
    """The letter to print, in each of the round's languages."""
    status = _round(round_id)
    asked, clock = asked_of(the_school(), status.round, None), clock_of(the_school(), round_id)
    said = [(code, letter(asked, clock, code)) for code in _spoken(status.round.languages)]
    return render_template("families/letter.html", round=status.round, letters=said)


def _page(round_id: str, notice_form: NoticeForm | None = None, families: FamiliesForm | None = None) -> str:
    status, clock = _round(round_id), clock_of(the_school(), round_id)
    untold = list(clock.untold) or list(status.round.languages)
    notice_form = notice_form or NoticeForm(formdata=None, data={"given_on": today(), "languages": untold})
    notice_form.languages.offer(status.round.languages)
    said = {"kept_back": clock.kept_back, "gift_words": clock.gift_words}
    return render_template(
        "families/show.html",
        round=status.round,
        clock=clock,
        form=notice_form,
        families=families or FamiliesForm(formdata=None, data=said),
        address=_questions(status),
    )


def _questions(status: RoundStatus) -> str:
    """Where families read every question, in the page's language if the round has it."""
    spoken = min(_spoken(status.round.languages), key=lambda code: code != language_now().code)
    path = url_for("public.questions", language=spoken, code=status.round.code)
    return the_school().settings.public_address + path


def _round(round_id: str) -> RoundStatus:
    status = round_for(the_school(), signed_in(), round_id)
    allow(signed_in(), Action.GIVE_NOTICE, status.round)
    return status


def _spoken(languages: list[str]) -> list[str]:
    return [code for code in languages if code in offered(Catalogue.RESPONDENT)]
