"""A survey as a draft: its languages, groups as sections, texts without markup, and what could not come along."""

import re
from collections.abc import Mapping

from forms.draft import free_id
from forms.exchange.assembly import Assembly
from forms.exchange.core import FileRefused, Imported
from forms.exchange.limesurvey.kinds import add_question
from forms.exchange.limesurvey.relevance import names_of, parsed
from forms.exchange.limesurvey.settings import tell_settings
from forms.exchange.limesurvey.survey import ALWAYS, Asked, Survey
from forms.exchange.names import language_code
from forms.texts import Data
from forms.wording import Words

_ADDRESS = re.compile(r"-(informal|easy)$")
#: LimeSurvey calculates what stands in braces, unless a space follows the first one.
_EXPRESSION = re.compile(r"\{(?!\s)((?:[^{}\"']|\"[^\"]*\"|'[^']*')*)\}")
_SHOWN = re.compile(r"([A-Za-z][A-Za-z0-9]*)(?:\.(?:shown|NAOK|value))?")
_OR_ELSE = re.compile(
    r"if\(\s*is_empty\(\s*([A-Za-z][A-Za-z0-9]*)\.NAOK\s*\)\s*,\s*(?:\"([^\"]*)\"|'([^']*)')\s*,\s*\1\.shown\s*\)"
)
#: The questions of which an answer can be put into a text: those with one answer out of several.
_PIPED = ("L", "!", "O", "Y", "5")
_BOXES = ("M", "P")
#: All on one page, or one question after the other.
_LAYOUTS = {"A": "page", "S": "screens"}
#: An earlier answer as our texts have it, once `words` has put it there.
_OURS = re.compile(r"\{([a-z][a-z0-9-]{0,39})\|[^{}|]+\}")
_MOST_LANGUAGES, _MOST_GROUPS = 200, 500


class Reading:
    """One survey on its way to a draft."""

    def __init__(self, survey: Survey) -> None:
        if len(survey.languages) > _MOST_LANGUAGES or len(survey.groups) > _MOST_GROUPS:
            raise FileRefused("too_many_parts", most=_MOST_GROUPS)
        self.survey = survey
        self.codes: dict[str, str] = {}
        unknown = [code for code in survey.languages if not self._take_language(code)]
        if not self.codes:
            # A form is in some language; what its writer meant can be put right afterwards.
            self.codes[survey.languages[0]] = "en"
        self.assembly = Assembly(list(self.codes.values()), marks=_OURS)
        for code in unknown:
            guessed = code in self.codes
            self.assembly.lose(
                "language_guessed" if guessed else "unknown_language", "languages", "en" if guessed else code
            )
        self.names = names_of(survey)
        self.boxes = [question.code for question in survey.questions if question.type in _BOXES]
        self._told: set[tuple[str, str]] = set()
        self._kinds = {question.code: question.type for question in survey.questions}

    def words(self, said: Mapping[str, str], place: str) -> Words:
        """The texts in our languages, without markup; earlier answers in them as ours have them."""
        # In the order of the form's languages, whatever that of the file.
        mine = {ours: self._piped(said[code], place) for code, ours in self.codes.items() if code in said}
        return self.assembly.words(mine, place)

    def condition(self, text: str, place: str) -> Data | None:
        """A `show_if` for a relevance; None for none, and with a loss where ours cannot say it."""
        if text.strip() in ALWAYS:
            return None
        return self.assembly.condition(parsed(text, self.names, self.boxes), text, place)

    def imported(self) -> Imported:
        """The draft and its losses; FileRefused where nothing can be asked."""
        said = self.survey.said
        title = self.words(said.get("title", {}), "surveys_languagesettings, title")
        welcome = self.words(said.get("welcometext", {}), "surveys_languagesettings, welcometext")
        about = self.words(said.get("description", {}), "surveys_languagesettings, description")
        self.assembly.introduction = welcome or about
        if welcome and about:
            self.assembly.lose("ls_text", "surveys_languagesettings, description", next(iter(about.values())))
        tell_settings(self.assembly, self.survey)
        for number, group in enumerate(self.survey.groups, 1):
            place = f"group {number}"
            titles = self.words(group.titles, place)
            condition = self.condition(group.relevance, place)
            self.assembly.section(free_id(next(iter(titles.values()), "part"), ()), titles, "", condition)
            if group.random.strip():
                self.assembly.lose("ls_order", place, group.random)
            about = self.words(group.descriptions, f"{place}, description")
            if about:
                self.assembly.add({"type": "notice", "id": self.assembly.new_id("about", ""), "text": about})
            self._questions(group.questions)
        layout = _LAYOUTS.get(self.survey.settings.get("format", "").strip())
        return self.assembly.imported({"title": title, **({"layout": layout} if layout else {})})

    def _questions(self, questions: list[Asked]) -> None:
        seen = set(self.assembly.asked)
        for question in questions:
            if question.code in seen:
                raise FileRefused("name_twice", found=question.code, place=question.place)
            seen.add(question.code)
            add_question(self, question)

    def _take_language(self, code: str) -> bool:
        ours = language_code(_ADDRESS.sub("", code))
        if ours is None or ours in self.codes.values():
            return False
        self.codes[code] = ours
        return True

    def _piped(self, text: str, place: str) -> str:
        return _EXPRESSION.sub(lambda found: self._said(found[1].strip(), place), text)

    def _said(self, expression: str, place: str) -> str:
        or_else, shown = _OR_ELSE.fullmatch(expression), _SHOWN.fullmatch(expression)
        if or_else:
            asked = self._one_answer(or_else[1])
            words = or_else[2] if or_else[2] is not None else or_else[3]
            if asked and words.strip() and "|" not in words:
                return f"{{{asked}|{words}}}"
        asked = self._one_answer(shown[1]) if shown else ""
        if (place, expression) not in self._told:
            self._told.add((place, expression))
            self.assembly.lose("answer_in_text" if asked else "no_answer_in_text", place, f"{{{expression}}}")
        return f"{{{asked}|…}}" if asked else "…"

    def _one_answer(self, code: str) -> str:
        asked = self.assembly.asked.get(code)
        return asked.id if asked and asked.answers and self._kinds.get(code) in _PIPED else ""


def draft_of(survey: Survey) -> Imported:
    """The survey as a draft."""
    return Reading(survey).imported()
