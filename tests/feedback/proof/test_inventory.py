"""The proof's own lists are those of the service: whoever adds something meets them, and asks what it tells."""

import ast
from pathlib import Path

from sqlalchemy import Boolean, Integer, LargeBinary, String

from feedback.models import Base
from feedback.privacy import box
from feedback.proof.inventory import ENVELOPE_SIZES, OTHER_TABLES, RESPONDENT_TABLES, STAFF_ACTIONS

_FEEDBACK = Path(__file__).resolve().parents[3] / "feedback"
_KINDS = {"text": String, "whole": Integer, "bytes": LargeBinary, "yes or no": Boolean}


def test_every_table_of_the_models_is_listed() -> None:
    assert RESPONDENT_TABLES.keys() | OTHER_TABLES == Base.metadata.tables.keys() | {"alembic_version"}


def test_the_columns_about_respondents_are_listed_as_they_are_stored() -> None:
    for name, listed in RESPONDENT_TABLES.items():
        table = Base.metadata.tables[name]
        keys = [column.name for column in table.primary_key]
        rest = [column.name for column in table.columns if column.name not in keys]
        assert list(listed) == keys + rest
        assert all(isinstance(table.c[column].type, _KINDS[kind]) for column, kind in listed.items())


def test_the_sizes_are_those_of_the_box() -> None:
    assert {0, *box._STORED_SIZES} == ENVELOPE_SIZES


def test_everything_that_is_recorded_is_something_that_staff_do() -> None:
    recorded = {action for path in _FEEDBACK.rglob("*.py") for action in _recorded(ast.parse(path.read_text()))}
    assert recorded - STAFF_ACTIONS - {"theme_"} == set()
    assert len(recorded) > 15


def _recorded(module: ast.Module) -> set[str]:
    """What stands in the fourth place of calls to `record`, whichever way it is chosen."""
    calls = [
        call.args[3]
        for call in ast.walk(module)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "record" and len(call.args) > 3
    ]
    parts = [part for call in calls for part in ast.walk(call)]
    return {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}
