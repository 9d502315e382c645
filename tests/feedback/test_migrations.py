"""The database's versions lead to what the models say, and back."""

from pathlib import Path

from sqlalchemy import inspect

from feedback.db import connect
from feedback.migrations import differences, downgrade, is_current, upgrade


def test_the_newest_version_equals_the_models_and_going_back_leaves_nothing(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'v.db'}")
    upgrade(engine)
    assert is_current(engine)
    assert differences(engine) == []
    downgrade(engine, "base")
    assert not is_current(engine)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    upgrade(engine)
    assert differences(engine) == []
    engine.dispose()


def test_every_promise_is_in_the_migrated_database_too(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'v.db'}")
    upgrade(engine)
    found = {
        check["name"]
        for table in inspect(engine).get_table_names()
        for check in inspect(engine).get_check_constraints(table)
    }
    assert {
        "k_protects_people",
        "officer_is_never_administrator",
        "envelopes_are_padded",
        "no_round_without_a_promise_date",
    } <= found
    engine.dispose()
