"""What the school's own themes are called, in every language of the pages: in the desk's and in the families'."""

from forms.wording import N_

#: By code, as long as an instrument has no words of its own for them.
THEME_NAMES = {
    "buildings_toilets": N_("Buildings and toilets"),
    "clubs_sports": N_("Clubs and sports"),
    "communication_home": N_("Contact between school and home"),
    "fairness_rules": N_("Fairness and rules"),
    "food": N_("Food"),
    "homework": N_("Homework"),
    "language_inclusion": N_("Languages, and being included"),
    "safety_bullying": N_("Safety and bullying"),
    "teaching": N_("Teaching"),
    "technology": N_("Computers and apps"),
    "transport": N_("The way to school"),
    "wellbeing": N_("Feeling well"),
}
