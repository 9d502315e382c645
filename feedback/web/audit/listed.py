"""The list of what staff did: searched, read in words, and taken away as a file. Who looked at what is in it."""

import csv
from io import StringIO
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for
from markupsafe import Markup

from feedback.i18n import gettext
from feedback.languages import LANGUAGES
from feedback.operations.audit import listed as audit_list
from feedback.operations.audit.chain_state import ChainState
from feedback.operations.audit.listed import Seen, Wanted
from feedback.operations.audit.titles import Thing
from feedback.operations.heads import latest_head
from feedback.operations.results.export.files import no_formula
from feedback.privacy.audit import How, Wrong
from feedback.role_names import ROLE_NAMES
from feedback.spoken import language_now, whole
from feedback.web.audit.action_words import ACTIONS, FACTS, READ_WORDS, VALUES
from feedback.web.audit.forms_audit import AuditForm
from feedback.web.forms_desk import N_
from feedback.web.place import now, signed_in, the_school
from feedback.web.role_names import role_said
from forms.wording import say

bp = Blueprint("audit", __name__, url_prefix="/<language>/desk/audit")

_MOST_DIGITS = 10
_HEAD = ("number", "at (UTC)", "account", "action", "in words", "about", "title", "facts", "hash")


@bp.get("/")
def show() -> str:
    """A hundred entries, the newest first, or those before a number."""
    form = AuditForm(request.args, meta={"csrf": False})
    accounts, things = audit_list.accounts_and_things(the_school(), signed_in())
    form.offer(accounts, [(thing.id, title_of(thing)) for thing in things], request.args.get("about", ""))
    before = request.args.get("before", "")
    found = audit_list.find_entries(
        the_school(),
        signed_in(),
        form.wanted(),
        before=int(before) if before.isdecimal() and len(before) < 10 else None,
    )
    return render_template(
        "officer/audit.html",
        form=form,
        found=found,
        wrong=_chain().first_wrong(the_school(), now=now()),
        head=latest_head(the_school()),
        asked={name: value for name, value in request.args.items() if value and name != "before"},
    )


@bp.get("/list.csv")
def download() -> Response:
    """Everything that was searched for, as a table; the sentences are in the language of the page."""
    form = AuditForm(request.args, meta={"csrf": False})
    body = _csv(form.wanted())
    answer = Response(body, mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename="voicebox-staff-actions.csv")
    return answer


@bp.app_template_filter("action_words")
def action_words(action: str) -> str:
    """What was done; an action that this version does not know stands as it is."""
    return gettext(ACTIONS[action]) if action in ACTIONS else action


@bp.app_template_filter("fact_words")
def fact_words(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """The facts of an entry, each with its name."""
    return [(gettext(FACTS[name]) if name in FACTS else name, _value(name, value)) for name, value in facts.items()]


@bp.app_template_filter("wrong_words")
def wrong_words(wrong: Wrong) -> str:
    """Which entry does not hold, and what is wrong with it."""
    sentence = {
        How.CHANGED: N_("Entry %(number)s was changed or moved."),
        How.MISSING: N_("Entry %(number)s is missing."),
        How.CUT_OFF: N_("Entry %(number)s and all after it were cut off: a published head has more."),
        How.REWRITTEN: N_("Entry %(number)s is not the one that was published."),
        How.HEAD: N_("Line %(number)s of the published heads was changed, or is not this school’s."),
    }[wrong.how]
    return gettext(sentence, number=whole(wrong.number))


@bp.app_template_filter("about_words")
def about_words(about: str) -> str:
    """What an entry is about where that has no page of its own: a name that we gave, or one that is shown as it is."""
    return gettext(READ_WORDS[about]) if about in READ_WORDS else about


@bp.app_template_filter("thing_title")
def title_of(thing: Thing) -> str:
    """What a thing is called, in the language of the page where it has one."""
    return say(thing.title, language_now().code)[0] if thing.title else thing.id[:8]


@bp.app_template_filter("thing_link")
def thing_link(thing: Thing) -> Markup:
    """The title, leading to the page of the thing where there is one."""
    title = Markup("<bdi>{}</bdi>").format(title_of(thing))
    if thing.kind == "round":
        address = url_for("rounds.show", round_id=thing.id)
    elif thing.kind == "pilot":
        address = url_for("pilots.show", pilot_id=thing.id)
    else:
        return title
    return Markup('<a href="{}">{}</a>').format(address, title)


def _before() -> int | None:
    typed = request.args.get("before", "")
    return int(typed) if typed.isdecimal() and len(typed) < _MOST_DIGITS else None


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int):
        return whole(value)
    if isinstance(value, list):
        return ", ".join(_value(name, each) for each in value)
    text = str(value)
    if name in ("language", "languages") and text in LANGUAGES:
        return LANGUAGES[text].endonym
    if name == "roles" and text in ROLE_NAMES:
        return role_said(text)
    words = VALUES.get(name, {})
    return gettext(words[text]) if text in words else text


def _csv(wanted: Wanted) -> bytes:
    lines = StringIO(newline="")
    # All of them quoted: then nothing in a cell can end it.
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_HEAD)
    for seen in audit_list.export_entries(the_school(), signed_in(), wanted, now=now()):
        writer.writerow(no_formula(cell) for cell in _row(seen))
    return lines.getvalue().encode("utf-8-sig")


def _row(seen: Seen) -> tuple[str, ...]:
    title = title_of(seen.thing) if seen.thing else ""
    facts = "; ".join(f"{name}: {value}" for name, value in fact_words(seen.facts))
    moment = f"{seen.at.isoformat(timespec='seconds')}Z"
    words = action_words(seen.action)
    return (str(seen.number), moment, seen.account, seen.action, words, seen.about, title, facts, seen.hash)


def _chain() -> ChainState:
    chain: ChainState = current_app.extensions.setdefault("chain_state", ChainState())
    return chain
