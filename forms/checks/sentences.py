"""What the checker says in words: for every rule what is wrong, and what to do. Staff read them beside the question."""

from forms.wording import N_

#: What to do -> a sentence that several rules share.
_ONE_TEXT_LESS = N_("Keep the questions whose answers you will act on, and take out the others.")

#: The topics that a law may protect, as they are named in a sentence.
TOPICS: dict[str, str] = {
    "politics": N_("politics"),
    "mental_health": N_("mental health"),
    "sex": N_("sex and love"),
    "illegal": N_("what may be against the law or the rules"),
    "family": N_("family life"),
    "privileged": N_("talks with doctors, lawyers or clergy"),
    "religion": N_("religion"),
    "income": N_("money and income"),
    "ethnicity": N_("origin"),
    "health": N_("health"),
    "union": N_("trade unions"),
}

#: Profiles of protected topics, as they are named where one is chosen.
PROFILES: dict[str, str] = {
    "us-ppra": N_("United States: the eight areas of the PPRA"),
    "us-states": N_("United States: the PPRA, with health and origin"),
    "eu-gdpr": N_("European Union: special categories of the GDPR"),
    "uk-gdpr": N_("United Kingdom: special categories of the UK GDPR"),
    "strictest": N_("Every protected topic"),
}

#: What is wrong, and what to do.
SENTENCES: dict[str, tuple[str, str]] = {
    # how it is asked
    "double_barrelled": (
        N_("This asks about two things at once (%(found)s): nobody can tell which one was answered."),
        N_("Ask about one of them, or make two questions of it."),
    ),
    "leading": (
        N_("This says which answer you hope for: %(found)s."),
        N_("Take out praise and blame, and ask so that every answer is equally welcome."),
    ),
    "negation": (
        N_("There is a “not” in this question (%(found)s): many children answer the opposite of what they mean."),
        N_("Say it the positive way round."),
    ),
    "double_negation": (
        N_("Two words here turn the meaning round (%(found)s), and hardly anybody can follow both."),
        N_("Say it the positive way round, without either of them."),
    ),
    "absolute": (
        N_("Words such as “%(found)s” leave no room: almost everybody has to say no."),
        N_("Ask how often or how much, or take the word out."),
    ),
    "recall": (
        N_("Children of this age cannot look back that far: %(found)s."),
        N_("Ask about today or this week."),
    ),
    "agreement": (
        N_("This asks whether people agree (%(found)s), and people like to agree."),
        N_("Ask about the thing itself, with answers from “not at all” to “very much”."),
    ),
    "passive": (
        N_("This does not say first who does what: %(found)s."),
        N_("Name who does it, then what they do."),
    ),
    "jargon": (
        N_("Not everybody knows this word: %(found)s."),
        N_("Use an everyday word instead, such as “%(plain)s”."),
    ),
    "too_long": (
        N_("This question has %(count)s words or signs; for these readers %(most)s are enough."),
        N_("Take out whatever is not needed to answer it."),
    ),
    "hard": (
        N_("This question is hard to read for those who are asked."),
        N_("Use shorter words, and say one thing in each sentence."),
    ),
    "hard_form": (
        N_("Taken together, the questions are hard to read for those who are asked (language: %(language)s)."),
        N_("Use shorter words, and let somebody of that age read them to you."),
    ),
    # answers
    "unbalanced": (
        N_("Of these answers %(good)s are good and %(bad)s are bad: %(found)s."),
        N_("Give as many good answers as bad ones."),
    ),
    "only_one_side": (
        N_("All these answers are on the same side: %(found)s."),
        N_("Add the other side, or ask how much with answers from “not at all” to “very much”."),
    ),
    "numbers_only": (
        N_("These answers have no words: %(found)s. Children understand words better than numbers or signs."),
        N_("Give every answer a word."),
    ),
    "midpoint": (
        N_("The answer in the middle (“%(found)s”) means something else to every child."),
        N_("Take it out, or say in words how much it means."),
    ),
    "too_many_steps": (
        N_("This scale has %(count)s steps; for these ages %(most)s are enough."),
        N_("Use fewer steps, and take them from the school's list of scales."),
    ),
    # who somebody is
    "identity": (
        N_("This asks who somebody is: %(found)s. Then the form is not anonymous any more."),
        N_("Take the question out. Ask what you want to know about the tool instead."),
    ),
    "demographic": (
        N_("This asks for something about the person (%(found)s), and the question does not say what it is for."),
        N_("Choose a goal and say why it is asked, or take the question out."),
    ),
    "protected": (
        N_("This touches a topic that the law may protect (%(topic)s): %(found)s."),
        N_("Ask about the tool instead, or let the privacy officer decide."),
    ),
    "rates_a_person": (
        N_("This judges a person: %(found)s."),
        N_("Ask about the lesson or the tool, not about who teaches."),
    ),
    # the whole form
    "open_first": (
        N_("The form begins with a question to write about, and many people stop there."),
        N_("Begin with a question that is answered by one tap."),
    ),
    "hard_first": (
        N_("The form begins with a question that takes much thinking."),
        N_("Begin with an easy one, and put this further down."),
    ),
    "private_first": (
        N_("A private question comes early, before people know what the form is about."),
        N_("Put it near the end, or take it out."),
    ),
    "too_many_questions": (
        N_("There are %(count)s questions; for these people %(most)s are enough."),
        _ONE_TEXT_LESS,
    ),
    "too_many_minutes": (
        N_("Answering takes about %(count)s minutes; for these people %(most)s are enough."),
        _ONE_TEXT_LESS,
    ),
    "minutes_too_few": (
        N_("The form promises %(named)s minutes, but answering takes about %(count)s."),
        N_("Promise what it takes, or ask less."),
    ),
    "too_many_open": (
        N_("Questions to write about: %(count)s. The most for these people: %(most)s."),
        N_("Offer answers to choose from instead; the youngest can pick a picture."),
    ),
    "long_answer": (
        N_("This answer may be %(count)s characters long; at this age %(most)s are enough."),
        N_("Set a lower limit."),
    ),
    "missing_why": (
        N_("This question does not say why it is asked."),
        N_("Add one sentence that says what the answer is for."),
    ),
    "missing_picture": (
        N_("These answers have no picture: %(found)s. Not everybody who is asked can read."),
        N_("Choose a picture for each answer."),
    ),
    "missing_audio": (
        N_("Nothing reads this form aloud in: %(found)s."),
        N_("Add recordings in these languages, or leave the languages out."),
    ),
    "no_hint": (
        N_("Nothing here asks people to leave out names, family and health."),
        N_("Add a hint, such as: Please leave out names, family matters and health."),
    ),
}
