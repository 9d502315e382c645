"""Every check of `voicebox prove` has its name in the languages of the desk."""

import ast
from pathlib import Path

import pytest
from flask import Flask

from feedback.i18n import Catalogue, speaking
from feedback.operations.audit.proof_words import NAMES
from feedback.web.audit.proof_names import proof_name


def _names() -> set[str]:
    """What stands first in each `Check(...)` and `Line(...)`; the size of a class is left out."""
    modules = [ast.parse(path.read_text(encoding="utf-8")) for path in Path("feedback/proof").rglob("*.py")]
    calls = [call for module in modules for call in ast.walk(module) if isinstance(call, ast.Call) and call.args]
    first = [call.args[0] for call in calls if getattr(call.func, "id", "") in ("Check", "Line")]
    plain = {str(each.value) for each in first if isinstance(each, ast.Constant)}
    joined = {str(each.values[0].value) for each in first if isinstance(each, ast.JoinedStr) and each.values}  # type: ignore[attr-defined]  # the words before the number
    return plain | {each.removesuffix(", class of ") for each in joined}


def test_every_check_has_a_name_and_no_name_has_no_check() -> None:
    assert _names() == set(NAMES)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("no times", "ninguna hora"),
        ("the order of answers is gone, class of 25", "el orden de las respuestas ya no existe, clase de 25"),
        ("the list of what staff did", "la lista de lo que hizo el personal"),
        ("Class 3C", "Class 3C"),
    ],
)
def test_it_is_said_in_the_language_of_the_page(app: Flask, name: str, said: str) -> None:
    with app.app_context(), speaking("es", Catalogue.STAFF):
        assert proof_name(name) == said
