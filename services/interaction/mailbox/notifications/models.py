"""Tables of notifications."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.interaction.database import Base
from services.interaction.mailbox.letters.models import word
from services.interaction.mailbox.notifications.wording import STATES
from shared.contracts.writer_notifications import Medium, NotificationState, Occasion
from shared.ids import new_id


class WriterNotification(Base):
    """News a writer is owed by one medium; where to is in the sealed letter, and only there.

    Whatever sends it moves it on from `pending`. Nothing does yet.
    """

    __tablename__ = "writer_notifications"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), index=True)
    number: Mapped[str]
    occasion: Mapped[Occasion] = mapped_column(word(Occasion))
    medium: Mapped[Medium] = mapped_column(word(Medium))
    state: Mapped[NotificationState] = mapped_column(
        word(NotificationState), default=NotificationState.PENDING
    )
    queued_at: Mapped[datetime]

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]
