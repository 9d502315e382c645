"""The lexicon's vote, and the phrases that label a theme."""

import subprocess
import sys

import pytest

from analysis.text.english import noun_phrases
from analysis.text.mood import Mood, Vote, mood_of
from analysis.text.phrases import label_phrases


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("I love the new salad bar, it is great!", Mood.POSITIVE),
        ("The toilets are dirty and disgusting.", Mood.NEGATIVE),
        ("The bus leaves at eight.", Mood.UNCLEAR),
        ("", Mood.UNCLEAR),
    ],
)
def test_english_has_a_vote(text: str, mood: Mood) -> None:
    assert mood_of(text, "en").mood is mood
    assert mood_of(text, "en-GB").mood is mood


@pytest.mark.parametrize("language", ["de", "es", "ar", "und", "enm"])
def test_every_other_language_is_unclear(language: str) -> None:
    assert mood_of("Das ist die best great love Note", language) == Vote(Mood.UNCLEAR, 0.0)


def test_phrases_are_adjectives_and_common_nouns_and_never_names() -> None:
    phrases = noun_phrases("Mr Smith, the new maths teacher, goes too fast in the big old hall. Ana likes it.")
    assert phrases == ["new maths teacher", "big old hall"]


def test_a_label_is_what_several_people_wrote_here_and_not_elsewhere() -> None:
    here = ["The salad bar is great.", "A new salad bar!", "The salad bar and the school lunch [email]", "My own soup."]
    beside = ["The school lunch break is short.", "A long school day."]
    assert label_phrases(here, beside=beside) == ("salad bar",)
    assert label_phrases(["The salad bar is great."]) == ()
    assert label_phrases([]) == ()


def test_textblob_warns_nobody() -> None:
    program = "from analysis.text.mood import mood_of\nfrom analysis.text.english import noun_phrases\n"
    program += "mood_of('good', 'en')\nnoun_phrases('a big bus')"
    answer = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True)
    assert (answer.stdout, answer.stderr) == ("", "")
