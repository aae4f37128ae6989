"""Tables of recounts."""

from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.interaction.database import Base
from shared.ids import new_id
from shared.schedule import Due


class Recount(Due, Base):
    """How far the letters of a year are counted again; due while there may be more of them."""

    __tablename__ = "letter_recounts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    year: Mapped[int] = mapped_column(unique=True)
    after: Mapped[UUID | None]
