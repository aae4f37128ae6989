"""Tables of admission."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from services.interaction.database import Base


class UsedProof(Base):
    """A proof of work that let something in, kept until it would have expired."""

    __tablename__ = "used_proofs"

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    until: Mapped[datetime] = mapped_column(index=True)
