"""What only a sample school has in its folder; apart, for pages ask for it and load nothing that makes one."""

from pathlib import Path

from feedback.operations.school import School


def sign_in_file(school: School) -> Path:
    """Where a sample school's sign-ins are written down, made up anew for each; there is none in any other school."""
    return school.settings.instance / "sample-sign-in.txt"
