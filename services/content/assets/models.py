"""Tables of files."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.content.database import Base
from shared.contracts.assets import AssetKind, AssetState, Family, Use
from shared.files.kind import rules
from shared.ids import new_id
from shared.schedule import Due


class Upload(Due, Base):
    """A file on its way in; it is due when nobody has gone on with it for too long."""

    __tablename__ = "uploads"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_code: Mapped[str] = mapped_column(ForeignKey("sites.code"))
    uploader: Mapped[str]
    name: Mapped[str]
    size: Mapped[int | None] = mapped_column(BigInteger)
    sha256: Mapped[str | None]
    offset: Mapped[int] = mapped_column(BigInteger, default=0)
    pieces: Mapped[list[str]] = mapped_column(default=list)
    finished: Mapped[bool] = mapped_column(default=False)

    @property
    def expires_at(self) -> datetime | None:
        """When it is forgotten unless somebody goes on."""
        return self.due_at

    @property
    def asset_id(self) -> UUID | None:
        """The file it has become: an upload and its file share their id."""
        return self.id if self.finished else None


class Rendition(Base):
    """A form in which a file may be shown to the public."""

    __tablename__ = "renditions"

    asset_id: Mapped[UUID] = mapped_column(
        ForeignKey("assets.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    use: Mapped[Use]
    mime: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    width: Mapped[int | None]
    height: Mapped[int | None]
    place: Mapped[str]


class Asset(Due, Base):
    """A file; it is due to be scanned, and later to be removed if no text has come to name it."""

    __tablename__ = "assets"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_code: Mapped[str] = mapped_column(ForeignKey("sites.code"), index=True)
    sponsoring: Mapped[str] = mapped_column(index=True)
    uploader: Mapped[str]
    name: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    kind: Mapped[AssetKind | None]
    state: Mapped[AssetState] = mapped_column(default=AssetState.RECEIVED)
    waiting_for: Mapped[str | None]
    refusals: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    width: Mapped[int | None]
    height: Mapped[int | None]
    pages: Mapped[int | None]
    seconds: Mapped[float | None]
    # Up to some megabytes: read where the checks need it, never with a list.
    text: Mapped[str | None] = mapped_column(deferred=True, deferred_raiseload=True)
    text_complete: Mapped[bool | None]
    scanned_by: Mapped[str | None]
    scanned_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    kept_at: Mapped[datetime | None]
    renditions: Mapped[list[Rendition]] = relationship(
        lazy="raise", order_by=Rendition.name, passive_deletes=True, cascade="all, delete-orphan"
    )
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def family(self) -> Family | None:
        """What the file is to a page, once its kind is known."""
        return rules()[self.kind].family if self.kind else None

    @property
    def kept(self) -> bool:
        """Whether a text names the file."""
        return self.kept_at is not None


class Conversion(Due, Base):
    """A recording that waits to be made into streams."""

    __tablename__ = "conversions"

    id: Mapped[UUID] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"), primary_key=True)


class Removal(Due, Base):
    """Objects of the store that no row names any more."""

    __tablename__ = "removals"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    prefix: Mapped[str]
