"""The small tier learns from examples, and is kept in one file."""

from pathlib import Path

import pytest

from analysis.text.examples import ConcernExample, CorpusBroken, Example, read_concerns, read_examples
from analysis.text.ngrams import Ngrams

FEW = tuple(
    Example(text, "en", themes, mood, "kid")
    for text, themes, mood in [
        ("lunch is cold", ("food",), "neg"),
        ("i love the lunch", ("food",), "pos"),
        ("the bus is late", ("transport",), "neg"),
        ("i love the bus", ("transport",), "pos"),
    ]
)
URGENT = (ConcernExample("i want to die", "en", True, "self_harm"), ConcernExample("i died laughing", "en", False, ""))


def test_what_was_learned_is_used() -> None:
    tier = Ngrams.train(FEW, URGENT)
    logs = tier.themes.log_shares(tier.rows(["cold lunch", "late bus"]))
    assert [tier.themes.labels[row.argmax()] for row in logs] == ["food", "transport"]


def test_the_file_gives_the_same_tier_back(tmp_path: Path) -> None:
    tier = Ngrams.train(FEW, URGENT)
    tier.save(tmp_path / "tier.npz")
    again = Ngrams.load(tmp_path / "tier.npz")
    rows = tier.rows(["cold lunch"])
    assert again.digest == tier.digest
    assert (again.themes.log_shares(rows) == tier.themes.log_shares(rows)).all()


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tier.npz").write_bytes(b"no tier")
    with pytest.raises(ValueError):  # noqa: PT011 - numpy's own words
        Ngrams.load(tmp_path / "tier.npz")


def test_other_examples_make_another_tier() -> None:
    assert Ngrams.train(FEW, URGENT).digest != Ngrams.train(FEW[::-1], URGENT).digest


def test_our_own_comments_cover_every_theme_and_mood_in_every_language() -> None:
    languages: dict[str, set[tuple[str, str]]] = {}
    for one in read_examples():
        languages.setdefault(one.language, set()).add((one.themes[0] if one.themes else "other", one.mood))
    assert len(languages) == 15
    assert {len({theme for theme, _ in found}) for found in languages.values()} == {13}
    assert all({mood for _, mood in found} == {"pos", "neg", "mixed", "none"} for found in languages.values())
    assert {one.language for one in read_concerns()} == set(languages)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "en.tsv").write_text("food\tneg\tkid\tcold\nfood\tneg\n", encoding="utf-8")
    with pytest.raises(CorpusBroken, match=r"en\.tsv, line 2"):
        read_examples(tmp_path)
