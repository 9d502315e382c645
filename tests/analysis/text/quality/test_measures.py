"""Figures of an evaluation that can be reckoned by hand."""

import sys
from pathlib import Path

import numpy as np
import pytest

from analysis.text.quality import measures
from analysis.text.quality.baselines import baselines
from analysis.text.quality.labelled import Labelled, LabelsUnreadable, read_labelled
from analysis.text.quality.measures import Found


def pair(
    themes: tuple[str, ...], found: tuple[str, ...], *, mood: str = "negative", given: str = "negative"
) -> measures.Pair:
    return Labelled("text", "en", themes, mood), Found(found, given, "en", "text", False)


def test_macro_f1_counts_every_theme_alike_and_a_second_theme_as_right() -> None:
    pairs = [pair(("food",), ("food",)), pair(("food",), ("bus",)), pair(("bus", "food"), ("food",))]
    # food: one of two found, none wrongly: 2/3. bus: one of one found, one wrongly: 2/3.
    assert measures.theme_f1(pairs) == pytest.approx(2 / 3)


def test_abstaining_is_told_and_other_is_no_theme() -> None:
    assert measures.abstained([pair(("food",), ()), pair(("food",), ("food",)), pair(("other",), ())]) == 0.5


def test_mixed_is_wrong_where_people_say_positive() -> None:
    pairs = [pair((), (), mood="positive", given="mixed"), pair((), (), mood="negative")]
    assert measures.mood_f1(pairs) == pytest.approx(0.5)


def test_a_name_is_out_only_if_nothing_of_it_is_left() -> None:
    said = Labelled("Amal helps", "en", personal=(("name", "Amal"),))
    left, out = Found((), "", "en", "Amal helps", False), Found((), "", "en", "[name] helps", False)
    assert measures.redaction_recall([(said, left), (said, out)], lambda kind: kind == "name") == 0.5


def test_clean_comments_are_those_that_people_say_hold_nothing() -> None:
    clean, unsaid = Labelled("good", "en", personal=()), Labelled("good", "en")
    touched = Found((), "", "en", "[name]", False)
    assert measures.clean_touched([(clean, touched)]) == 1.0
    assert measures.clean_touched([(unsaid, touched)]) is None


def test_groups_that_are_languages_show_as_such() -> None:
    pairs = [
        (Labelled("t", language, (theme,)), Found((), "", language, "t", False, ("en", "so").index(language)))
        for language in ("en", "so")
        for theme in ("food", "bus")
    ]
    by_theme, coverage, by_language = measures.discovery(pairs)
    assert by_theme == pytest.approx(0, abs=1e-9)
    assert by_language == pytest.approx(1)
    assert coverage == 1.0


def test_a_file_without_texts_and_a_broken_list_are_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("id,lang\n1,en\n", encoding="utf-8")
    with pytest.raises(LabelsUnreadable, match="no column “text”"):
        read_labelled(path)
    path.write_text("text,pii_json\nhello,[oops\n", encoding="utf-8")
    with pytest.raises(LabelsUnreadable, match=r"x\.csv, line 2"):
        read_labelled(path)


def test_theirs_become_our_codes(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("text,lang,theme,second_theme,sentiment\nhi,en,meals,bus,Negative\n", encoding="utf-8")
    assert read_labelled(path, {"meals": "food"}) == [Labelled("hi", "en", ("food", "bus"), "negative")]


def test_others_are_measured_in_the_same_run() -> None:
    rows = [Labelled(f"the lunch is bad {n}", "en", ("food",), "negative") for n in range(6)]
    rows += [Labelled(f"the bus is great {n}", "en", ("transport",), "positive") for n in range(6)]
    found = baselines(rows)
    assert found["TextBlob noun phrases"]["nmi"] == pytest.approx(1)
    assert found["TextBlob polarity"]["mood_f1"] == pytest.approx(1)
    assert found["TF-IDF and k-means"]["coverage"] == 1.0


def test_without_the_extra_that_most_people_use_the_others_are_measured_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "umap", None)
    rows = [Labelled(f"the lunch is bad {n}", "en", ("food",), "negative") for n in range(6)]
    rows += [Labelled(f"the bus is great {n}", "en", ("transport",), "positive") for n in range(6)]
    found = baselines(rows, lambda texts: np.eye(len(texts), dtype=np.float32))
    assert "Encoder, UMAP and HDBSCAN" not in found
    assert "TF-IDF and k-means" in found
