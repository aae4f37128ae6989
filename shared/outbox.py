"""The outbox: events that wait, in the transaction that caused them, to be delivered."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.db import Ground
from shared.events import Envelope
from shared.ids import new_id


class OutboxMessage(Ground):
    """An event on its way to the bus; its row stays, as the truth to compare consumers with."""

    __tablename__ = "outbox"

    position: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    id: Mapped[UUID] = mapped_column(default=new_id, unique=True)
    source: Mapped[str]
    type: Mapped[str]
    subject: Mapped[str]
    data: Mapped[dict[str, Any]]
    actor: Mapped[str]
    request_id: Mapped[str]
    occurred_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    delivered_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "subject",
            "position",
            postgresql_where=text("delivered_at IS NULL"),
        ),
    )

    def envelope(self) -> Envelope:
        """Render the message as its CloudEvent."""
        return Envelope(
            id=self.id,
            source=self.source,
            type=self.type,
            subject=self.subject,
            time=self.occurred_at,
            actor=self.actor,
            requestid=self.request_id,
            data=self.data,
        )
