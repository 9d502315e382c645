"""`voicebox check`: remarks on a file, for whoever writes forms in an editor of their own."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from feedback.commands import voicebox
from forms.library import names

_FORM = """
format: 1
id: ours
version: 1
languages: [en, es]
audience: students
ages: 12-14
layout: page
minutes: 3
licence: MIT
title: {en: Ours, es: Lo nuestro}
introduction: {en: Tell us., es: Cuéntanos.}
sections:
  - id: all
    title: {en: All, es: Todo}
    questions:
      - type: yes-maybe-no
        id: asked
        text: {en: "%s", es: "%s"}
        why: {en: To do better., es: Para mejorar.}
        options:
          - {id: "yes", label: {en: "Yes", es: Sí}}
          - {id: maybe, label: {en: Maybe, es: Tal vez}}
          - {id: "no", label: {en: "No", es: "No"}}
"""


def _checked(folder: Path, english: str, spanish: str, *options: str) -> Result:
    file = folder / "ours.yaml"
    file.write_text(_FORM % (english, spanish), encoding="utf-8")
    return CliRunner().invoke(voicebox, ["check", str(file), *options])


def test_a_good_form_ends_well(tmp_path: Path) -> None:
    result = _checked(tmp_path, "Is it easy for you?", "¿Es fácil para ti?")
    assert (result.exit_code, result.output) == (
        0, "0 remarks, 0 of them to be cured or decided before the form is used.\n",
    )  # fmt: skip


def test_a_warning_is_told_with_its_place_its_cure_and_better_words(tmp_path: Path) -> None:
    result = _checked(tmp_path, "Is the platform easy?", "¿Es fácil para ti?")
    assert result.exit_code == 0
    assert result.output.splitlines()[:4] == [
        "warning: items/asked/text en",
        "  Not everybody knows this word: platform.",
        "  Use an everyday word instead, such as “tool”.",
        "  Better: Is the tool easy?",
    ]


def test_a_block_in_any_language_ends_with_one(tmp_path: Path) -> None:
    result = _checked(tmp_path, "Is it easy for you?", "¿Tu familia va a la iglesia?")
    assert result.exit_code == 1
    assert "block: items/asked/text es" in result.output
    assert "(religion)" in result.output


def test_the_profile_says_whose_law_counts(tmp_path: Path) -> None:
    asked = ("Do your parents earn much?", "¿Es fácil para ti?")
    assert _checked(tmp_path, *asked, "--profile", "us-ppra").exit_code == 1
    assert _checked(tmp_path, *asked, "--profile", "eu-gdpr").exit_code == 0


def test_a_file_that_is_no_form_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    file.write_bytes(b"format: 1\nid: x\n")
    refused = CliRunner().invoke(voicebox, ["check", str(file)])
    assert (refused.exit_code, "ours.yaml" in refused.output) == (1, True)
    file.write_bytes(b"\xff\xfe\x00")
    assert CliRunner().invoke(voicebox, ["check", str(file)]).exit_code == 1


@pytest.mark.parametrize("name", list(names()))
def test_the_librarys_files_pass(name: str) -> None:
    file = Path(__file__).parents[2] / "forms" / "library" / f"{name}.yaml"
    assert CliRunner().invoke(voicebox, ["check", str(file)]).exit_code == 0
