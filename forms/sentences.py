"""What can be wrong with an instrument, in sentences: what is the matter, and the cure.

Every sentence stands here, whole, under the code of its fault. Codes that pydantic gives its own errors are used
as they are; the others are ours.
"""

from collections.abc import Mapping

from forms.wording import N_

_AS_LIST = N_("Write a list here: one entry a line, each starting with a hyphen.")
_AS_BLOCK = N_("Write keys with values here, indented below this line.")
_NUMBER_CURE = N_("Write digits without quotes, such as 3.")

#: What is wrong and the cure, with named placeholders, by the code of the fault.
SENTENCES: Mapping[str, tuple[str, str]] = {
    # the file
    "too_big": (N_("The file is larger than %(most)s characters."), N_("Keep one form per file.")),
    "empty_file": (N_("The file is empty."), N_('Start with the line "format: 1" and describe the form below it.')),
    "not_yaml": (
        N_("This cannot be read as YAML: %(reason)s."),
        N_(
            "Look at this line and the one above: indent with spaces, put a space after each colon, "
            "and quote words that contain a colon, or a question mark inside braces."
        ),
    ),
    "unprintable": (
        N_("The invisible sign %(sign)s cannot stand in a form file."),
        N_("Delete it: write the words of this line anew."),
    ),
    "not_a_form": (
        N_("A form is written as keys with values; this file holds something else."),
        N_('Start with the line "format: 1" and describe the form below it.'),
    ),
    "too_deep": (N_("The lines are nested too deeply."), N_("Look for brackets or hyphens that were repeated.")),
    "alias": (N_('The shortcut "*%(name)s" is not allowed.'), N_('Write the words out, or name a scale in "scales".')),
    "anchor": (N_('The mark "&%(name)s" is not allowed.'), N_('Take it out, or name a scale in "scales".')),
    "tag": (N_('The tag "%(name)s" is not allowed.'), N_("Take it out: values need no tags here.")),
    "odd_key": (N_("A key has to be one word."), N_("Write a word and a colon, such as id: or text:.")),
    "repeated_key": (
        N_('"%(key)s" stands here twice: it is already on line %(line)s.'),
        N_("Keep one of the two."),
    ),
    "unknown_format": (
        N_('The format "%(found)s" is unknown to this Voicebox.'),
        N_('Write "format: 1", or open the file with a newer Voicebox.'),
    ),
    # keys
    "missing": (N_('"%(key)s" is missing here.'), N_('Add a line "%(key)s:" with its value.')),
    "missing_label": (
        N_("This answer has no label."),
        N_('Add "label:" with words in every language: no answer is a bare number or picture.'),
    ),
    "missing_options": (
        N_("This question has no answers to choose from."),
        N_('Add "options:" with the answers, or "scale:" with the name of a scale.'),
    ),
    "extra_forbidden": (N_('"%(key)s" is unknown here.'), N_("Take it out, or use one of: %(known)s.")),
    "misspelt": (N_('"%(key)s" is unknown here.'), N_('Did you mean "%(close)s"? Known here: %(known)s.')),
    # values
    "union_tag_invalid": (N_('The question type "%(found)s" is unknown.'), N_("Use one of: %(known)s.")),
    "union_tag_not_found": (N_("This question does not say its type."), N_('Add "type:" with one of: %(known)s.')),
    "literal_error": (N_('"%(found)s" cannot be used for "%(key)s".'), N_("Use one of: %(known)s.")),
    "string_pattern_mismatch": (
        N_('"%(found)s" cannot be used for "%(key)s".'),
        N_("Use small letters a to z, digits and hyphens, starting with a letter, 40 signs at most."),
    ),
    "not_a_language": (N_('"%(found)s" is not a language code.'), N_("Use codes such as en, ar, es or zh-Hans.")),
    "empty_value": (N_('"%(key)s" has no value.'), N_("Write the value after the colon, or take the line out.")),
    "string_type": (N_('"%(key)s" should be words.'), N_('Put the value in quotes, such as "12".')),
    "int_type": (N_('"%(key)s" should be a whole number, not "%(found)s".'), _NUMBER_CURE),
    "greater_than_equal": (N_('"%(key)s" is %(found)s.'), N_("Use %(ge)s or more.")),
    "less_than_equal": (N_('"%(key)s" is %(found)s.'), N_("Use %(le)s or less.")),
    "tuple_type": (N_('"%(key)s" should be a list.'), _AS_LIST),
    "dict_type": (N_('"%(key)s" should hold keys with values.'), _AS_BLOCK),
    "words_type": (
        N_('"%(key)s" should hold words for each language.'),
        N_("Write one line a language, indented below this line, such as en: Welcome."),
    ),
    "too_short": (
        N_('Too few entries in "%(key)s": %(actual_length)s.'),
        N_("Give at least %(min_length)s."),
    ),
    "too_long": (
        N_('Too many entries in "%(key)s": %(actual_length)s.'),
        N_("Give at most %(max_length)s."),
    ),
    # words
    "missing_language": (
        N_("There are no words in: %(missing)s."),
        N_('Add a line for each language named, or take it out of "languages" at the top.'),
    ),
    "unlisted_language": (
        N_("There are words in languages that this form does not offer: %(extra)s."),
        N_('Add them to "languages" at the top, or take the lines out.'),
    ),
    "too_many_words": (N_("These words are longer than %(most)s characters."), N_("Shorten them.")),
    # ids and answers
    "repeated": (N_('The id "%(id)s" is used twice.'), N_("Give one of the two another id.")),
    "repeated_id": (
        N_('The id "%(id)s" is used twice: the first one is on line %(line)s.'),
        N_("Give one of the two another id."),
    ),
    "theme_id_taken": (
        N_('A theme cannot have the id "%(id)s": it is kept for themes that are found in a review.'),
        N_("Give it another id."),
    ),
    "unknown_favourable": (
        N_('"favourable" names answers that are not offered: %(extra)s.'),
        N_("Use ids from the question's options: %(known)s."),
    ),
    "suggested_question": (
        N_('No question that can be counted has the id "%(found)s".'),
        N_("Use the id of one of this form's questions: %(known)s."),
    ),
    "suggested_answers": (
        N_('"answers" names what this question cannot tell: %(extra)s.'),
        N_("Use ids of its answers: %(known)s."),
    ),
    "unknown_scale": (N_('There is no scale named "%(found)s".'), N_('Write it under "scales:". Known: %(known)s.')),
    "scale_and_options": (
        N_('This question has both "scale" and "options".'),
        N_("Keep one of the two."),
    ),
    "not_yes_maybe_no": (
        N_("A yes-maybe-no question needs the answers yes, maybe and no; this one has: %(found)s."),
        N_("Give exactly three options with the ids yes, maybe and no, or another question type."),
    ),
    "at_most_too_many": (
        N_('"at_most" is %(found)s, but there are only %(count)s answers.'),
        N_("Use a smaller number, or take the line out."),
    ),
    "no_picture": (
        N_("These answers have no picture: %(bare)s."),
        N_('Add "picture:" with the name of a pictogram to each, or use the type "choice".'),
    ),
    "own_face": (
        N_('The answer "%(id)s" has the picture "%(found)s", but a face goes by its place.'),
        N_("Take the picture out: the faces are put in from lowest to highest."),
    ),
    "face_without_words": (
        N_('The face "%(id)s" has no words in one of the languages.'),
        N_("Write words: a face alone means another thing to everybody."),
    ),
    "unhappy_faces": (
        N_('The question "%(id)s" shows unhappy faces to ages %(ages)s.'),
        N_('Write "faces: warm": young children are only shown faces from neutral to delighted.'),
    ),
    "top_too_many": (
        N_('"top" is %(found)s, but there are only %(count)s answers.'),
        N_("Use a smaller number, so that some answers are not among the first, or take the line out."),
    ),
    "long_ids": (
        N_("These ids are longer than %(most)s signs: %(long)s."),
        N_("Shorten them: in this type two ids are joined into one."),
    ),
    # months and weeks
    "not_a_month": (N_('"%(found)s" is not a month.'), N_("Write year and month, such as 2026-09.")),
    "not_a_week": (N_('"%(found)s" is not a week.'), N_("Write year and week, such as 2026-W36.")),
    "periods_order": (
        N_('"last" does not come after "first".'),
        N_("Give a later one, so that there are at least two to choose from."),
    ),
    "too_many_periods": (
        N_('From "first" to "last" there are more than %(most)s to choose from.'),
        N_("Bring them closer together."),
    ),
    # what is asked of whom
    "condition_question": (
        N_('Before this there is no question "%(found)s" with answers to choose from.'),
        N_("Name one that is asked earlier: %(known)s."),
    ),
    "condition_answer": (
        N_('The question "%(id)s" does not offer: %(extra)s.'),
        N_("Use ids from its options: %(known)s."),
    ),
    "pipe_question": (
        N_('"%(found)s" is no earlier question with one answer to choose, so its answer cannot stand in this text.'),
        N_("Name one that is asked earlier: %(known)s."),
    ),
    "pipe_form": (
        N_("A brace in this text is no place for an earlier answer."),
        N_('Write it as "{question-id|what to say otherwise}", or use other brackets.'),
    ),
    "own_words_true": (
        N_('"own_words" is %(found)s here.'),
        N_('Write "own_words: true", or take the line out.'),
    ),
    "own_words_elsewhere": (
        N_("Own words can only stand beside an answer of a choice or of choices."),
        N_('Take "own_words" out, or use another question type.'),
    ),
    "ask_help_true": (N_('"ask_help" is %(found)s.'), N_('Write "ask_help: true", or take the line out.')),
    "ask_help_language": (
        N_('The question "Did someone help you?" is not there yet in: %(missing)s.'),
        N_('Take "ask_help" out and write the question yourself, in all of the form\'s languages.'),
    ),
    # ages
    "missing_picture": (
        N_('The answer "%(id)s" has no picture.'),
        N_('Add "picture:" with the name of a drawing, such as yes, book or star: not everybody here can read.'),
    ),
    "young_on_a_page": (
        N_("Children from 6 to 8 cannot use a whole page of questions."),
        N_('Write "layout: screens".'),
    ),
    # numbers
    "above_maximum": (
        N_('"minimum" (%(minimum)s) is larger than "maximum" (%(maximum)s).'),
        N_("Swap the two numbers."),
    ),
    "bands_start": (
        N_('The first of "bands" is %(found)s, but "minimum" is %(minimum)s.'),
        N_("Start the bands at the minimum, so that every number falls into one."),
    ),
    "bands_order": (N_('"bands" do not rise from one number to the next.'), N_("Order them from low to high.")),
    "bands_end": (
        N_('The last of "bands" is %(found)s, but "maximum" is %(maximum)s.'),
        N_("Take out bands that no answer can fall into."),
    ),
    # tailoring
    "no_question_left": (N_("No question is left."), N_("Keep at least one question.")),
    "unknown_question": (N_('There is no question "%(id)s" in this form.'), N_("Use one of: %(known)s.")),
    # what pydantic may say beyond these
    "other": (
        N_('"%(key)s" cannot be used as it is: %(reason)s.'),
        N_("Compare it with forms/instrument.schema.json."),
    ),
}
