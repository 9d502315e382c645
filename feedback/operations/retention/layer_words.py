"""What layers of retention are called, and the sentences of `privacy/schedule.yaml`, where Babel finds them."""


def N_(text: str) -> str:  # noqa: N802 - the name under which Babel finds sentences to translate
    """Mark a sentence for translation and return it as it is."""
    return text


LAYER_NAMES = {
    "box": N_("A box that nobody opens"),
    "slips": N_("Codes that nobody used"),
    "reading_parts": N_("What is read for safety"),
    "comments": N_("Comments"),
    "tallies": N_("Counts, and what is made of them"),
    "releases": N_("Results, reports and decisions"),
    "book": N_("The pilot’s book"),
    "try_outs": N_("Class try-outs"),
    "notices": N_("Notices and the officer’s decisions"),
    "proofs": N_("Certificates and holds"),
    "audit": N_("The log of what staff did"),
    "sign_ins": N_("Sign-ins"),
    "backups": N_("Backups"),
}
#: From when the days count.
STARTS = {
    "closed": N_("from the day the round closes"),
    "counted": N_("from the day of the count"),
    "written": N_("from the day it was written"),
    "seen": N_("from the last use"),
    "made": N_("from the day it was made"),
}
#: Why a layer may be kept so long; a test compares these with the file.
BASES = (
    N_("A box that nobody opens serves no purpose any more."),
    N_("A code that was not used lets nobody in after the round."),
    N_("What children write is read for safety once, and then no more."),
    N_("Single texts are needed until they are read and summed up."),
    N_("Counts are needed to compare one year with the next."),
    N_("Results, reports and decisions show what a pilot was decided on."),
    N_("What staff wrote about a pilot goes with the figures that support it."),
    N_("What a class said of a form is needed until the form is asked."),
    N_("Notices and the officer’s decisions answer questions that come years later."),
    N_("Certificates and holds prove what was deleted, and why something was not."),
    N_("The log shows what staff did; it says nothing of those who answered."),
    N_("A sign-in is over when nobody uses it."),
    N_("Backups help after a loss, and go before they could bring much back."),
    N_("US schools keep summaries of surveys for three to five years."),
    N_("State laws ask schools to show notices and decisions for years; see the state’s own schedule."),
    N_("Storage limitation: GDPR article 5(1)(e). Single texts go when they are summed up."),
    N_("Storage limitation: GDPR article 5(1)(e). Counts below the smallest number are not kept."),
    N_("Accountability: GDPR articles 5(2) and 24."),
    N_("Storage limitation: UK GDPR article 5(1)(e). Single texts go when they are summed up."),
    N_("Storage limitation: UK GDPR article 5(1)(e). Counts below the smallest number are not kept."),
    N_("Accountability: UK GDPR articles 5(2) and 24."),
)
