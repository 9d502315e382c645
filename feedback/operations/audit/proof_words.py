"""What `voicebox prove` looks at, by name, in the language that is spoken; what it found stays as it was said."""

from feedback.i18n import gettext
from feedback.spoken import whole
from forms.wording import N_

#: Names of checks (`feedback.proof`). The size of the class that was attacked follows some of them.
NAMES = (
    N_("envelopes come in a few sizes"),
    N_("files are for the service only"),
    N_("ids are random"),
    N_("keys are for the service only"),
    N_("keys of counted boxes are gone"),
    N_("no addresses and no browsers"),
    N_("no backup outlives its days"),
    N_("no times"),
    N_("nothing came back from a backup"),
    N_("nothing is left of what was deleted"),
    N_("only listed tables and columns"),
    N_("second parts are alike"),
    N_("slips cannot be linked to envelopes"),
    N_("slips cannot be paired with envelopes"),
    N_("the audit log knows staff only"),
    N_("the file can be read"),
    N_("the ledger tells no order"),
    N_("the order of answers is gone"),
    N_("the places of envelopes tell nothing"),
    N_("the queue holds names and ids only"),
    N_("the reader learns no order"),
    N_("the server notes no answers and no moments"),
    N_("the test itself works: linking"),
    N_("the test itself works: needles"),
    N_("the test itself works: order"),
    N_("the test itself works: the usual design"),
    N_("the write-ahead log holds nothing of respondents"),
    N_("what children write waits sealed"),
    N_("what people write and hold is in no file"),
    N_("what was counted is shredded"),
    N_("what was decided about words dies with the box"),
    N_("what was purged is gone"),
    N_("what was read is gone"),
    N_("what was withdrawn is gone"),
)
_CLASS = ", class of "


def proof_name(name: str) -> str:
    """A check's name; anything else, such as the path of a test, as it is."""
    what, _, people = name.partition(_CLASS)
    if what not in NAMES:
        return name
    if not people.isdecimal():
        return gettext(what)
    return gettext("%(what)s, class of %(people)s", what=gettext(what), people=whole(int(people)))
