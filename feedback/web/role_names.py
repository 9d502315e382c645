"""What roles and actions are called where people read who may do what."""

from feedback.i18n import gettext
from feedback.privacy.permissions import Action
from feedback.role_names import ROLE_NAMES
from feedback.web.forms_desk import N_

ACTION_NAMES = {
    Action.SEE_PILOTS: N_("See pilots and rounds"),
    Action.CHANGE_PILOTS: N_("Plan and change pilots"),
    Action.APPROVE_PILOTS: N_("Say yes to a pilot"),
    Action.WRITE_BOOK: N_("Write in a pilot’s book"),
    Action.DECIDE: N_("Decide about a pilot"),
    Action.REPLY: N_("Answer what people said"),
    Action.ROLL_UP: N_("Put classes together"),
    Action.ASK_MY_CLASS: N_("Ask one’s own class"),
    Action.CHANGE_ROUNDS: N_("Plan, open and end rounds"),
    Action.PRINT_SLIPS: N_("Print slips"),
    Action.APPROVE_SLIPS: N_("Say yes to more slips"),
    Action.TYPE_SHEETS: N_("Type in sheets of paper"),
    Action.SEE_RELEASES: N_("See results"),
    Action.REVIEW_COMMENTS: N_("Sort comments, without names"),
    Action.TRANSLATE_COMMENTS: N_("Translate comments"),
    Action.READ_QUEUE: N_("Read for safety what children write"),
    Action.WORD_NEXT_STEPS: N_("Word next steps"),
    Action.GIVE_NAME_WORDS: N_("Give a list of names to hide"),
    Action.IMPORT_RESPONSES: N_("Bring in answers from elsewhere"),
    Action.OPEN_BOXES: N_("Let boxes be opened and counted"),
    Action.SEE_RETENTION: N_("See what is deleted when"),
    Action.PURGE: N_("Delete what is due"),
    Action.SEE_AUDIT: N_("Read the log of what staff did"),
    Action.KEEP_REGISTERS: N_("Fill in and sign the registers"),
    Action.KEEP_ACCOUNTS: N_("Keep accounts and roles"),
    Action.HELP_OFFICERS: N_("Give another officer a new second step"),
    Action.KEEP_SCHOOLS: N_("Add and rename schools of the district"),
    Action.SEE_ACCESS: N_("See who may do what"),
    Action.SEE_PROOFS: N_("Read proofs and certificates"),
    Action.SEE_REGISTERS: N_("Read the registers"),
    Action.SEE_INCIDENTS: N_("Keep the log of incidents"),
    Action.RUN_PROOFS: N_("Start proofs"),
    Action.SEE_RULES: N_("See the rules of privacy"),
    Action.CHOOSE_RULES: N_("Choose the rules of privacy"),
    Action.APPROVE_FORMS: N_("Say yes to forms for a school year"),
    Action.GIVE_NOTICE: N_("Tell families before a round"),
    Action.WRITE_LETTERS: N_("Write letters to whoever asks for answers"),
    Action.EDIT_INSTRUMENTS: N_("Write forms"),
    Action.OVERRULE_CHECKS: N_("Let words stay that the check warns of"),
    Action.DECIDE_TOPICS: N_("Decide about protected topics"),
    Action.TRANSLATE_INSTRUMENTS: N_("Translate forms"),
    Action.ASK_UNCHECKED: N_("Ask in a language that nobody has signed"),
}


def role_said(role: str) -> str:
    """The role's name in the language of the page."""
    return str(gettext(ROLE_NAMES[role]))


def action_said(action: Action) -> str:
    """What the action is called in the language of the page."""
    return str(gettext(ACTION_NAMES[action]))
