"""The table of what participation told."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.content.database import Base
from shared.contracts.participation import ParticipationKind, ParticipationMoment
from shared.contracts.participation_texts import TextState
from shared.ids import new_id


class ParticipationText(Base):
    """An announcement or a result, told once for each subject and moment."""

    __tablename__ = "participation_texts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    subject_id: Mapped[UUID]
    kind: Mapped[ParticipationKind]
    moment: Mapped[ParticipationMoment]
    site_code: Mapped[str] = mapped_column(ForeignKey("sites.code"))
    sponsoring: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    paragraphs: Mapped[list[str]]
    source: Mapped[str | None]
    source_url: Mapped[str | None]
    author: Mapped[str]
    told_at: Mapped[datetime]
    state: Mapped[TextState] = mapped_column(default=TextState.WAITING)
    message: Mapped[str | None]
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("items.id"), unique=True)
    settled_by: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("subject_id", "moment"),
        CheckConstraint("(state = 'drafted') = (item_id IS NOT NULL)", "drafted_as_an_item"),
        Index(None, "site_code", "id"),
    )
