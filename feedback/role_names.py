"""What the roles of the school's staff are called, on pages and in registers."""

from forms.wording import N_

#: By code, as `privacy.permissions.ROLES` has them.
ROLE_NAMES = {
    "lead": N_("Pilot lead"),
    "teacher": N_("Teacher"),
    "reader": N_("Reader"),
    "interpreter": N_("Interpreter"),
    "officer": N_("Privacy officer"),
    "administrator": N_("Administrator"),
    "translator": N_("Translator"),
    "auditor": N_("Auditor"),
}
