"""What tables of voices have in common."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from services.interaction.citizens.sealing import Wrapped
from services.interaction.database import UnderKey
from services.interaction.participation.voices.moderation import STATES
from shared.contracts.voices import VoiceState
from shared.ids import new_id


class Voice(UnderKey):
    """Mixin of what somebody handed in: sealed whole, and shown masked once it was approved."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True)
    code_digest: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    received_on: Mapped[date]
    state: Mapped[VoiceState] = mapped_column(default=VoiceState.HELD)
    shown: Mapped[str | None]
    sealed_reason: Mapped[bytes | None] = mapped_column(LargeBinary)
    moderated_by: Mapped[str | None]
    moderated_at: Mapped[datetime | None]

    @property
    def wrapped(self) -> Wrapped:
        """Its key, as it is stored."""
        return Wrapped(self.wrapped_key, self.wrapped_by)

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]
