"""Tables of the bulk capability: what was imported, and as what."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.content.database import Base
from shared.ids import new_id


class Imported(StrEnum):
    """What an imported line was about."""

    SITE = "site"
    COLUMN = "column"
    FILE = "file"
    ITEM = "item"


class Import(Base):
    """A run of the importer: who vouches for its items, and how far it came."""

    __tablename__ = "imports"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    source: Mapped[str]
    vouched_by: Mapped[str]
    registered_by: Mapped[str]
    begun_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    taken: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)


class ImportedId(Base):
    """What a thing is called here that had another name where it came from."""

    __tablename__ = "imported_ids"

    source: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[Imported] = mapped_column(primary_key=True)
    legacy_id: Mapped[str] = mapped_column(primary_key=True)
    own_id: Mapped[UUID] = mapped_column(index=True)
    import_id: Mapped[UUID] = mapped_column(ForeignKey("imports.id"))
    former_index_no: Mapped[str | None]
