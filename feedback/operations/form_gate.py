"""What the checker still holds against a draft, and what keeps it from being published until somebody decides."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session


def open_blocks(_session: Session, _name: str, _data: Mapping[str, Any]) -> list[Any]:
    """The remarks of the checker that block this form and that nobody has decided about; sentences are theirs."""
    return []
