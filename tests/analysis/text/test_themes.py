"""Suggesting themes: learned, unsure, saved, and refused with another encoder."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from analysis.text.encoder import CharacterNgrams
from analysis.text.themes import OTHER, SURE, Example, ThemeModel, WrongEncoder, read_examples

SAMPLE = Path(__file__).parents[3] / "feedback" / "sample" / "school_comments_15_languages.csv"


class Reworded(CharacterNgrams):
    """Another encoder."""

    name = "reworded"


def trained(examples: Sequence[Example]) -> ThemeModel:
    """The first tier."""
    return ThemeModel.train(examples, CharacterNgrams())


def test_the_sample_has_twelve_themes_in_fifteen_languages() -> None:
    examples = read_examples(SAMPLE)
    assert len(examples) == 360
    assert len({one.theme for one in examples}) == 12
    assert len({one.language for one in examples}) == 15


def test_what_was_learned_is_recognised_and_the_rest_is_other() -> None:
    model = trained(read_examples(SAMPLE))
    comments = ["The bus is late every morning and crowded.", "Ibis redibis nunquam per bella peribis.", "", "12345"]
    suggestions = model.suggest(comments, ["en", "und", "und", "und"])
    assert [one.theme for one in suggestions] == ["transport", OTHER, OTHER, OTHER]
    assert suggestions[0].confidence >= SURE > suggestions[1].confidence


def test_meanings_that_were_held_out_are_mostly_left_to_people() -> None:
    # Rows are parallel, so a meaning is held out in all languages at once.
    examples = read_examples(SAMPLE)
    sure = 0
    for fold in range(5):
        held_out = [one for one in examples if fold_of(one) == fold]
        model = trained([one for one in examples if fold_of(one) != fold])
        suggestions = model.suggest([one.text for one in held_out], [one.language for one in held_out])
        sure += sum(suggestion.theme != OTHER for suggestion in suggestions)
    assert sure < 10  # of 360; 4 where it was measured, 2 of them right


def fold_of(example: Example) -> int:
    """Five folds of whole meanings; the two meanings of a theme are never in the same one."""
    meaning = int(example.id.rpartition("-")[2])
    return (meaning // 2 + meaning % 2) % 5


def test_the_same_examples_give_the_same_file(tmp_path: Path) -> None:
    examples = read_examples(SAMPLE)[:48]
    trained(examples).save(tmp_path / "one.npz")
    trained(examples).save(tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_saved_model_suggests_the_same(tmp_path: Path) -> None:
    examples = read_examples(SAMPLE)[:48]
    model = trained(examples)
    model.save(tmp_path / "themes.npz")
    again = ThemeModel.load(tmp_path / "themes.npz", CharacterNgrams())
    texts, languages = [one.text for one in examples], [one.language for one in examples]
    assert again.suggest(texts, languages) == model.suggest(texts, languages)
    assert again.trained_on == model.trained_on
    assert trained(examples[:-1]).trained_on != model.trained_on


def test_another_encoders_file_is_refused_by_name(tmp_path: Path) -> None:
    trained(read_examples(SAMPLE)[:48]).save(tmp_path / "themes.npz")
    with pytest.raises(WrongEncoder, match=r"themes\.npz was trained with character-ngrams-1 .*, not reworded"):
        ThemeModel.load(tmp_path / "themes.npz", Reworded())


def test_a_file_of_python_objects_is_never_opened(tmp_path: Path) -> None:
    path = tmp_path / "themes.npz"
    np.savez(path, about=np.array([{"format": 1}], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        ThemeModel.load(path, CharacterNgrams())


def test_two_themes_can_be_told_apart_and_one_cannot() -> None:
    food, bus = read_examples(SAMPLE)[0], read_examples(SAMPLE)[14]
    model = trained([food, bus])
    assert [one.theme for one in model.suggest([food.text, bus.text], ["en", "en"])] == ["food", "transport"]
    assert model.suggest([], []) == []
    with pytest.raises(ValueError, match="class"):
        trained([food, food])


def test_every_text_has_a_language() -> None:
    with pytest.raises(ValueError, match="2 texts in 1 languages"):
        CharacterNgrams().encode(["a", "b"], ["en"])


def test_upper_case_and_full_width_letters_are_the_same_letters() -> None:
    rows = CharacterNgrams().encode(["the bus", "THE ＢＵＳ"], ["en", "en"])
    assert (rows[0] != rows[1]).nnz == 0
