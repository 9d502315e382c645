"""What every table shares: random ids, and names for constraints that migrations can rely on."""

import secrets
from typing import Any

from sqlalchemy import JSON, LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the service."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this attribute as it stands
        bytes: LargeBinary,
        dict[str, Any]: JSON,
        dict[str, str]: JSON,
        dict[str, dict[str, str]]: JSON,
        list[str]: JSON,
        list[dict[str, Any]]: JSON,
    }


def new_id() -> str:
    """128 random bits as 32 hex digits: no clock, no counter, no machine in it (never UUIDv1/6/7, ULID, snowflake)."""
    return secrets.token_hex(16)
