"""R10, one step at a time: when the disk is well again, so are we, though somebody always has the database open."""

import os
import subprocess
import sys
from pathlib import Path

from tests.reliability.failing_disk import Disk


def what_happens(folder: Path, *without: str) -> str:
    instance = folder / "instance"
    instance.mkdir()
    disk = Disk(folder / "workshop", instance)
    somebody = [sys.executable, "-m", "tests.reliability.somebody_stays"]
    done = subprocess.run(
        [*somebody, str(instance / "voicebox.db"), str(folder / "workshop" / "control"), *without],
        env={**os.environ, **disk.environ},
        stdout=subprocess.PIPE,
        check=True,
    )
    return done.stdout.decode()


def test_the_database_heals_with_the_disk(tmp_path: Path) -> None:
    assert what_happens(tmp_path) == "healed"


def test_it_would_not_heal_if_the_read_only_file_were_opened(tmp_path: Path) -> None:
    """The negative control: the shared memory of the one who stays is everybody's."""
    assert "readonly" in what_happens(tmp_path, "_refuse_a_read_only_disk")


def test_who_opened_it_in_the_moment_before_is_not_used_again(tmp_path: Path) -> None:
    assert what_happens(tmp_path, "_refuse_a_read_only_disk", "nobody") == "healed"


def test_who_opened_it_in_the_moment_before_would_be_used_again(tmp_path: Path) -> None:
    """The negative control."""
    assert "readonly" in what_happens(tmp_path, "_refuse_a_read_only_disk", "nobody", "_open_anew_after")
