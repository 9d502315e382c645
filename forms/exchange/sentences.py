"""What the exchange of forms has to say, in sentences: what could not come along, and why a file is not read.

A code of `LOSSES` is about one thing of the file, with its weight; `%(found)s` is what stood there. A code of
`REFUSALS` is about the whole file: what is wrong, and the cure.
"""

from collections.abc import Mapping
from typing import Literal

from forms.wording import N_

Weight = Literal["left_out", "changed", "note"]

LOSSES: Mapping[str, tuple[Weight, str]] = {
    # what we never collect
    "personal": (
        "left_out",
        N_("“%(found)s” is about the person or the device. Answers here have no name, so it is never collected."),
    ),
    # questions and their kinds
    "type": ("left_out", N_("There is no kind of question here for “%(found)s”.")),
    "as_notice": ("changed", N_("“%(found)s” asks nothing and is shown as a text.")),
    "as_number": ("changed", N_("“%(found)s” is asked as a number.")),
    "row_off": ("left_out", N_("“%(found)s” is a remark in the file, or switched off there.")),
    "message": ("left_out", N_("The words “%(found)s” for a wrong answer are not kept: no answer is wrong here.")),
    "words_twice": ("left_out", N_("“%(found)s” is left out: another column has words in the same language.")),
    "no_words": ("left_out", N_("“%(found)s” shows no words to people, so there is nothing to ask.")),
    "too_few_answers": ("left_out", N_("“%(found)s” offers fewer than two answers.")),
    "too_many_answers": ("left_out", N_("“%(found)s” offers more than %(most)s answers.")),
    "answer_twice": ("left_out", N_("The answer “%(found)s” stands there twice; the first one is kept.")),
    "answer_loose": ("left_out", N_("The answer “%(found)s” belongs to no list, or has no name.")),
    "list_unused": ("left_out", N_("No question uses the answers “%(found)s”.")),
    "answer_no_words": (
        "note",
        N_("The answer “%(found)s” has no words yet. Write some: people cannot choose without."),
    ),
    "step_words": (
        "changed",
        N_("“%(found)s” has steps without words. Write words for each, so that all read the same."),
    ),
    "hidden": ("changed", N_("“%(found)s” was hidden, and is now shown.")),
    "trigger": ("left_out", N_("“%(found)s” makes something happen by itself. Forms here only ask.")),
    "answers_elsewhere": ("left_out", N_("The answers to “%(found)s” lie in another file or on a server.")),
    "repeat_once": ("changed", N_("“%(found)s” was asked several times over, and is asked once.")),
    "number_range": ("changed", N_("“%(found)s” had no range: numbers from %(low)s to %(high)s can be typed.")),
    "number_bands": ("note", N_("Numbers are counted in groups. Look at the groups of “%(found)s”.")),
    "fraction": ("changed", N_("“%(found)s” asked for a number with decimals; here numbers are whole.")),
    "own_words": ("changed", N_("The answer “%(found)s” has a line for own words beside it.")),
    "nested": ("changed", N_("The group “%(found)s” stood inside another one; its questions follow one another.")),
    "loose": ("changed", N_("Questions outside of any group are put into a section of their own.")),
    "empty_group": ("left_out", N_("The group “%(found)s” has nothing in it that can be asked.")),
    # what a question had
    "required": ("note", N_("“%(found)s” had to be answered. Here every question can be skipped.")),
    "constraint": ("left_out", N_("The rule “%(found)s” for what may be answered is not kept.")),
    "condition": ("left_out", N_("The condition “%(found)s” is not kept: this is now shown to everybody.")),
    "condition_joined": ("left_out", N_("The condition “%(found)s” is not kept: only one condition fits here.")),
    "condition_gone": ("left_out", N_("The condition “%(found)s” asks for something that did not come along.")),
    "calculation": ("left_out", N_("The calculation “%(found)s” is not kept.")),
    "default": ("left_out", N_("The answer “%(found)s” that was filled in before is not kept: nobody is led.")),
    "choice_filter": ("left_out", N_("All answers are shown: the filter “%(found)s” is not kept.")),
    "appearance": ("left_out", N_("The look “%(found)s” is not kept.")),
    "order": ("left_out", N_("The changing order of answers is not kept.")),
    "media": ("left_out", N_("The picture or sound “%(found)s” is not in this file. Add it again here.")),
    "setting": ("left_out", N_("“%(found)s” is a setting that this form does not have.")),
    "column": ("left_out", N_("“%(found)s” is not known here, and not read.")),
    "sheet": ("left_out", N_("The sheet “%(found)s” is not read.")),
    "extra_gone": ("left_out", N_("What was noted about “%(found)s” fits nothing in this form any more.")),
    # texts and languages
    "markup": ("note", N_("Bold letters, links and other looks of the text were dropped; its words are all there.")),
    "words_cut": ("changed", N_("A text was longer than %(most)s signs and is cut: “%(found)s”.")),
    "answer_in_text": (
        "changed",
        N_("The text shows an earlier answer. Say what stands there without one: “%(found)s”."),
    ),
    "no_answer_in_text": ("changed", N_("The text cannot show “%(found)s”; “…” stands there.")),
    "unknown_language": ("left_out", N_("Nobody knows which language “%(found)s” is.")),
    "language_guessed": ("note", N_("The file does not say its language; “%(found)s” is taken.")),
    "language_gaps": ("note", N_("In “%(found)s” %(count)s texts are missing; it is not among the languages yet.")),
    # names
    "id_changed": ("note", N_("The name “%(found)s” is now “%(now)s”: small letters, digits and hyphens.")),
    "no_why": ("note", N_("Why is it asked? Other tools do not say; write it before the form is used.")),
    # LimeSurvey
    "ls_text": ("left_out", N_("This text has no place in a form: “%(found)s”.")),
    "ls_mail": ("left_out", N_("The texts of invitations and reminders by e-mail are not kept: nobody is written to.")),
    "ls_order": ("left_out", N_("The changing order is not kept (%(found)s).")),
    "ls_hidden": ("left_out", N_("“%(found)s” was hidden, so nobody was asked.")),
    "ls_gender": (
        "left_out",
        N_("“%(found)s” asks about gender. If there is a good reason to ask, write it anew, in people's own words."),
    ),
    "ls_language": ("left_out", N_("“%(found)s” changes the language. Here every page has that at its top.")),
    "ls_file": ("left_out", N_("“%(found)s” asks for a file, which could tell whose it is.")),
    "ls_comment": ("left_out", N_("“%(found)s” had a line for a comment beside its answers.")),
    "ls_numbers": ("note", N_("The steps of “%(found)s” are bare numbers. Write words for them.")),
    "ls_grid": ("changed", N_("Each cell of the table “%(found)s” is a question of its own.")),
    "ls_quota": ("left_out", N_("The quota “%(found)s” is not kept: everybody may answer.")),
    "ls_assessment": ("left_out", N_("The assessment “%(found)s” is not kept: nobody gets points.")),
    "ls_extra_gone": (
        "left_out",
        N_("The file was changed in another program, so what only Voicebox knows of the form could not be kept."),
    ),
}

REFUSALS: Mapping[str, tuple[str, str]] = {
    "empty": (N_("The file is empty."), N_("Save the form in the other tool again, and choose that file.")),
    "too_big": (
        N_("The file is larger than %(most)s megabytes."),
        N_("Take pictures and sounds out of it, or save the form without its answers."),
    ),
    "unknown_format": (
        N_("This file is in none of the formats that are read here."),
        N_("Save the form as XLSForm (.xlsx, .csv), SurveyJS (.json) or LimeSurvey (.lss, .txt)."),
    ),
    "cut": (
        N_("The file is damaged, or only a part of it arrived."),
        N_("Open it in the tool it comes from, save it again, and choose the new file."),
    ),
    "old_spreadsheet": (
        N_("This is an old spreadsheet (.xls)."),
        N_("Open it in a spreadsheet program and save it as .xlsx or .csv."),
    ),
    "not_a_workbook": (N_("This is no .xlsx spreadsheet."), N_("Save the form as .xlsx, and choose that file.")),
    "macros": (
        N_("The spreadsheet holds programs (macros) or calls other files."),
        N_("Save it as .xlsx without macros and without links."),
    ),
    "locked": (
        N_("The file is locked with a password, or packed in an unusual way."),
        N_("Save it again without a password."),
    ),
    "zip_bomb": (
        N_("Unpacked, the file would be far larger than a form is."),
        N_("Copy its sheets into a new spreadsheet, and save that."),
    ),
    "entities": (
        N_("The file holds shortcuts (entities) that could stand for something else."),
        N_("Save it again in the tool it comes from."),
    ),
    "not_xml": (N_("This cannot be read as XML: %(reason)s."), N_("Save the form in the other tool again.")),
    "not_json": (N_("This cannot be read as JSON: %(reason)s."), N_("Save the form in the other tool again.")),
    "not_an_object": (N_("The JSON file holds no form."), N_("Choose the file with the form, not with its answers.")),
    "key_twice": (N_("The key “%(found)s” stands twice in one place."), N_("Take one of the two out.")),
    "too_deep": (N_("The parts of the file are nested too deeply."), N_("Save the form in the other tool again.")),
    "too_many_parts": (N_("The file has more than %(most)s parts."), N_("Save a smaller form.")),
    "not_utf8": (
        N_("The letters of the file cannot be read."),
        N_("Save it once more, and choose “CSV UTF-8” or “UTF-8” for its letters."),
    ),
    "not_text": (N_("The file holds signs that no text has."), N_("Save it again as text in UTF-8.")),
    "script": (
        N_("A text holds something that acts when it is shown: %(found)s (%(place)s)."),
        N_("Take it out in the other tool. Texts of a form can only be words."),
    ),
    "no_sheet": (
        N_("The sheet “%(found)s” is missing."),
        N_("An XLSForm has the sheets survey, choices and settings."),
    ),
    "no_column": (
        N_("The sheet “%(sheet)s” has no column “%(found)s”."),
        N_("Write the names of the columns into the first row."),
    ),
    "column_twice": (
        N_("The sheet “%(sheet)s” has the column “%(found)s” twice, so nobody knows which one counts."),
        N_("Take one of the two out."),
    ),
    "columns_same": (
        N_("“%(first)s” (%(place)s) and “%(found)s” (%(other)s) are two names for one column; both are filled in."),
        N_("Put all of it into one of the two columns, and take the other one out."),
    ),
    "formula": (
        N_("A cell holds a formula, and the file does not say what it comes to: %(found)s (%(place)s)."),
        N_("Open the file in a spreadsheet program, save it, and choose it again."),
    ),
    "name_twice": (
        N_("Two questions have the name “%(found)s” (%(place)s)."),
        N_("Give each question a name of its own."),
    ),
    "answer_name_twice": (
        N_("Two answers in “%(list)s” have the name “%(found)s” (%(place)s)."),
        N_("Give each answer a name of its own."),
    ),
    "no_name": (N_("A question has no name (%(place)s)."), N_("Give each question a name of its own.")),
    "no_list": (
        N_("The answers “%(found)s” are not in the file (%(place)s)."),
        N_("Write them on the sheet “choices”, or correct their name."),
    ),
    "groups": (
        N_("A group begins and does not end, or the other way round (%(place)s)."),
        N_("Write one end for each beginning."),
    ),
    "nothing_to_ask": (
        N_("The file has no question that can be asked here."),
        N_("Add at least one question with words in the other tool: with answers, a line to write on or a number."),
    ),
    "unknown_version": (
        N_("The file says that it is of version %(found)s, which is not known here."),
        N_("Save it with a newer or an older version of the tool."),
    ),
    "malformed": (
        N_("“%(found)s” is not what the format has in this place (%(place)s)."),
        N_("Save the form in the other tool again."),
    ),
    # LimeSurvey
    "ls_not_a_survey": (
        N_("The file holds a LimeSurvey “%(found)s” and no survey."),
        N_("Export the whole survey: Display, Export, Survey structure (.lss)."),
    ),
    "ls_code_twice": (
        N_("“%(found)s” is there twice (%(place)s)."),
        N_("Give each question, row and answer a code of its own in LimeSurvey."),
    ),
    "ls_nowhere": (
        N_("“%(found)s” belongs to nothing that is in the file (%(place)s)."),
        N_("Export the survey again; a part of it is missing."),
    ),
    # answers that other tools gathered
    "rows_unknown_tool": (
        N_("Nobody can tell which tool wrote this file: its first line has no headings that we know."),
        N_("Use the file as Google Forms, Microsoft Forms or LimeSurvey export it, or write a map for it."),
    ),
    "rows_ambiguous": (
        N_("The heading “%(found)s” (column %(column)s) could be several questions: %(questions)s."),
        N_("Write the question’s id into the heading, or write a map for the file."),
    ),
    "rows_twice": (
        N_("The heading “%(found)s” (column %(column)s) asks what column %(first)s asks already."),
        N_("Take one of the two columns out, or write a map for the file."),
    ),
    "rows_nothing": (
        N_("None of the headings is a question of this round: %(found)s."),
        N_("Look whether it is the right file for this round, or write a map for it."),
    ),
    "rows_cut": (
        N_("The rows cannot be told apart at line %(line)s."),
        N_("Export the file again; a part of it may be missing."),
    ),
}
