"""In which languages a comment may be written."""

from dataclasses import replace

from feedback.languages import LANGUAGES
from feedback.operations.counting.home_languages import languages_met
from feedback.operations.school import School


def test_the_rounds_own_languages_come_first_and_then_those_of_home(school: School) -> None:
    settings = replace(school.settings, home_languages=("so", "es"))
    assert languages_met(settings, ["es", "en"]) == ("es", "en", "so")


def test_a_school_that_does_not_say_meets_all_of_ours(school: School) -> None:
    assert set(languages_met(school.settings, ["es"])) == set(LANGUAGES)
