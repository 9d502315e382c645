"""The installer's last step: which program runs when an upgrade of the database does not come about."""

import subprocess
from pathlib import Path

import pytest

from feedback.resources import resource_dir

_SCRIPT = """
set -eu
PROGRAM=$1 VERSION=2.0
stop() { printf '%s\\n' "$*"; exit 1; }
has_systemd() { true; }
systemctl() { printf 'systemctl %s\\n' "$*"; }
voicebox() { return "$UPGRADE_ENDS_WITH"; }
eval "$(sed -n '/^switch_over() {$/,/^}$/p' "$2")"
switch_over
"""


@pytest.mark.parametrize(("ends_with", "program", "starts"), [(0, "2.0", False), (1, "1.0", True), (3, "2.0", False)])
def test_the_program_before_never_meets_a_database_that_was_changed(
    tmp_path: Path, ends_with: int, program: str, starts: bool
) -> None:
    (tmp_path / "venv").symlink_to("1.0")
    done = subprocess.run(
        ["sh", "-c", _SCRIPT, "sh", str(tmp_path), str(resource_dir("service") / "install.sh")],
        env={"UPGRADE_ENDS_WITH": str(ends_with), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert (done.returncode == 0) is (ends_with == 0)
    assert str((tmp_path / "venv").readlink()) == program
    assert ("systemctl start" in done.stdout) is starts
    assert ("does not run now" in done.stdout) is (ends_with == 3)
