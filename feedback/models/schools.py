"""The schools of an installation: one, or several of a district."""

from sqlalchemy import Connection, String, Table, event
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base, new_id


class DistrictSchool(Base):
    """One school. An installation has one from the beginning, whose name is the settings' until it is given one."""

    __tablename__ = "school"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    #: "" is `school_name` of the settings.
    name: Mapped[str] = mapped_column(String(120), default="", unique=True)


@event.listens_for(DistrictSchool.__table__, "after_create")
def _begin_with_one(table: Table, connection: Connection, **_how: object) -> None:
    connection.execute(table.insert().values(id=new_id(), name=""))
