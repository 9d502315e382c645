"""What the drawings show, in words: whoever chooses one reads its name."""

from flask import g

from feedback.i18n import gettext
from feedback.operations.workshop.pictures import words_of_pictures
from feedback.spoken import language_now
from feedback.web.forms_desk import N_
from feedback.web.place import the_school
from forms.wording import say

#: By the name of the drawing's file, in the order in which they are offered.
PICTOGRAM_NAMES = {
    "yes": N_("A thumb or tick: yes"),
    "maybe": N_("Perhaps"),
    "no": N_("A cross: no"),
    "face-delighted": N_("A delighted face"),
    "face-happy": N_("A happy face"),
    "face-smile": N_("A smiling face"),
    "face-content": N_("A content face"),
    "face-neutral": N_("A neutral face"),
    "face-sad": N_("A sad face"),
    "face-unhappy": N_("An unhappy face"),
    "smile-big": N_("A big smile"),
    "adult": N_("An adult"),
    "alone": N_("Somebody alone"),
    "friends": N_("Friends"),
    "book": N_("A book"),
    "pencil": N_("A pencil"),
    "tablet": N_("A tablet"),
    "game": N_("A game"),
    "star": N_("A star"),
    "thought": N_("A thought"),
    "said": N_("Something said"),
    "many": N_("Many"),
    "count": N_("Counting"),
    "box": N_("A box"),
    "done": N_("Done"),
    "planned": N_("Planned"),
    "no-name": N_("No name"),
    "stop": N_("Stop"),
    "wave": N_("A hand that waves"),
}


def picture_names() -> dict[str, str]:
    """What can be chosen, in the language of the page: the school's own pictures, and then our drawings."""
    if "picture_names" not in g:
        own = words_of_pictures(the_school())
        told = {name: say(words, language_now().code)[0] for name, words in own.items()}
        g.picture_names = told | {name: gettext(said) for name, said in PICTOGRAM_NAMES.items()}
    found: dict[str, str] = g.picture_names
    return found
