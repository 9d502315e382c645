"""What is not kept: thing by thing, with where one sees that it is so."""

from sqlalchemy.orm import Session

from feedback.i18n import gettext
from feedback.operations.audit.proof_words import proof_name
from feedback.operations.audit.registers.kind import N_, Register, Section, Statement
from feedback.operations.school import School

NAME = "not-kept"

#: What is not kept, how that comes about, and the lines of `voicebox prove`, or tests, that show it.
NOT_KEPT = (
    (
        N_("Network addresses and browsers of those who answer"),
        N_("Respondents’ pages read neither; the service and the proxy samples write no line about them."),
        ("no addresses and no browsers",),
    ),
    (
        N_("When somebody answered"),
        N_("Nothing that a respondent sends has a date or a time finer than its round."),
        ("no times",),
    ),
    (
        N_("In which order people answered"),
        N_("Ids are random, and the box is rewritten in random order every day."),
        ("ids are random", "the order of answers is gone, class of 25"),
    ),
    (
        N_("Which printed code belongs to which answer"),
        N_("A used code is one bit that changes in its place; nothing leads from it to an envelope."),
        ("slips cannot be linked to envelopes, class of 25", "slips cannot be paired with envelopes"),
    ),
    (
        N_("What one person answered"),
        N_("Envelopes are destroyed with their key at the count; what is left are counts and single comments."),
        ("what was counted is shredded", "keys of counted boxes are gone"),
    ),
    (
        N_("Cookies and accounts of those who answer"),
        N_("Respondents’ pages set no cookie, and nobody who answers has an account."),
        ("tests/attacks/test_files.py", "tests/journeys/test_silence.py"),
    ),
    (
        N_("The language in which somebody answered"),
        N_("It is not written down; it counts only where a form asks for it as a question."),
        ("only listed tables and columns", "tests/feedback/test_one_in_somali.py"),
    ),
    (
        N_("How much somebody wrote"),
        N_("Envelopes and comments are filled up to one of a few sizes."),
        ("envelopes come in a few sizes",),
    ),
    (
        N_("What somebody took out again"),
        N_("A receipt takes its envelope out of the box; what was in it is gone."),
        ("what was withdrawn is gone", "the ledger tells no order"),
    ),
    (
        N_("What retention has deleted"),
        N_("It is gone from every file, and no backup brings it back."),
        ("what was purged is gone", "nothing came back from a backup", "no backup outlives its days"),
    ),
    (
        N_("What is typed and not sent"),
        N_("It stays on the device until the form is sent or left."),
        ("tests/journeys/test_shared_device.py",),
    ),
)


def make(_session: Session, _school: School, _language: str) -> Register:
    """The list."""
    head = (gettext("What is not kept"), gettext("Why not"), gettext("Where one sees it"))
    rows = tuple((gettext(what), gettext(why), "\n".join(map(proof_name, shown))) for what, why, shown in NOT_KEPT)
    counted = gettext("%(things)s kinds of traces are not kept; each names the check that shows it.", things=len(rows))
    how = gettext(
        "Lines without a slash are checks of the command voicebox prove, which whoever runs the computer can run. The "
        "others are tests that Voicebox passes before each release."
    )
    all_ = Section("all", gettext("All together"), (counted, how), head, rows)
    return Register(NAME, gettext("What is not kept"), (all_,), (Statement(counted, "all"),))
