"""The guides, open to everybody: no sign-in, no cookie, the frame in a staff language and the text as far as it is."""

from typing import Any

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal
from flask import Blueprint, abort, render_template

from feedback.help_pages import PAGES, Point, asvs, figures, guide
from feedback.i18n import Catalogue, offered, speak
from feedback.languages import LANGUAGES
from feedback.spoken import language_now
from feedback.web.forms_desk import N_

bp = Blueprint("guides", __name__, url_prefix="/<language>/help")

#: What `voicebox evaluate` measures by language, as the model card calls it.
_MEASURES = {
    "theme_f1": N_("Themes"),
    "abstained": N_("Without a theme"),
    "mood_f1": N_("Mood"),
    "language": N_("Language told"),
    "names": N_("Names taken out"),
    "other_identifiers": N_("Numbers and addresses taken out"),
    "clean_touched": N_("Changed though clean"),
    "concern_recall": N_("Disclosures put first"),
    "flagged_ordinary": N_("Ordinary ones put first"),
    "flagged_lookalike": N_("Look-alikes put first"),
}
#: What is also measured of other ways to read the same comments.
_BESIDE = {
    "nmi": N_("Groups agree with themes"),
    "coverage": N_("Comments in a group"),
    "nmi_language": N_("Groups agree with languages"),
    "mood_f1": N_("Mood"),
}
#: The chapters of the standard of which something is said.
_CHAPTERS = {
    "V1": N_("What is read and written"),
    "V2": N_("Checks and order"),
    "V3": N_("In the browser"),
    "V4": N_("Requests"),
    "V5": N_("Files"),
    "V6": N_("Signing in"),
    "V7": N_("Sessions"),
    "V8": N_("Who may do what"),
    "V9": N_("Signed texts"),
    "V10": N_("Signing in elsewhere"),
    "V11": N_("Keys and ciphers"),
    "V12": N_("The line"),
    "V13": N_("Settings"),
    "V14": N_("Protecting data"),
    "V15": N_("How it is built"),
    "V16": N_("Logs and errors"),
}


@bp.url_value_preprocessor
def speak_the_language_of_the_address(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Views need not carry the language; the frame is there in those the desk speaks."""
    language = (values or {}).pop("language", "")
    if language not in offered(Catalogue.STAFF):
        abort(404)
    speak(language, Catalogue.STAFF)


@bp.url_defaults
def stay_in_the_language(_endpoint: str, values: dict[str, Any]) -> None:
    """Links to guides lead to the language of the page they stand on."""
    values.setdefault("language", language_now().code)


@bp.get("/")
def index() -> str:
    """All guides, each with what it is for."""
    return render_template("help/index.html", guides=[guide(page, language_now().code) for page in PAGES])


@bp.get("/<page>")
def show(page: str) -> str:
    """One guide."""
    if page not in PAGES:
        abort(404)
    shown = guide(page, language_now().code)
    return render_template(
        "help/page.html",
        guide=shown,
        results=_results() if shown.place == "[figures]" else [],
        chapters=_chapters() if shown.place == "[asvs]" else [],
    )


def _results() -> list[dict[str, Any]]:
    """The evaluated files, each with the columns that say something of it and its rows in words."""
    return [
        {
            "file": one["file"],
            "reader": one["reader"],
            "texts": one["texts"],
            "speed": round(one["texts_per_cpu_second"]),
            "memory": round(one["peak_memory"]),
            "by_language": _table(_MEASURES, {_language(code): row for code, row in one["by_language"].items()}),
            "summed": _table(_MEASURES, {"mean": one["mean"], "worst": one["worst"]})[1],
            "beside": _table(_BESIDE, {"Voicebox": {**one["mean"], **one["discovery"]}, **one["baselines"]}),
        }
        for one in figures()
    ]


def _chapters() -> list[tuple[str, list[Point]]]:
    """The points of the standard by chapter, each chapter with its title."""
    return [
        (title, [point for point in asvs() if point["id"].split(".")[0] == chapter])
        for chapter, title in _CHAPTERS.items()
    ]


def _table(
    titles: dict[str, str], rows: dict[str, dict[str, float | None]]
) -> tuple[list[str], list[tuple[str, list[str]]]]:
    shown = [name for name in titles if any(row.get(name) is not None for row in rows.values())]
    return [titles[name] for name in shown], [
        (label, [_said(row.get(name)) for name in shown]) for label, row in rows.items()
    ]


def _said(figure: float | None) -> str:
    return "–" if figure is None else format_decimal(round(figure, 2), "0.00", locale=language_now().locale)


def _language(code: str) -> str:
    """The name of a language in the page's; its code where CLDR has no name for it."""
    try:
        known = LANGUAGES[code].locale if code in LANGUAGES else code.replace("-", "_")
        return str(Locale.parse(known).get_display_name(language_now().locale) or code)
    except (UnknownLocaleError, ValueError):
        return code
