"""Tables of the lexicons."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from services.content.database import Base
from shared.contracts.lexicons import LexiconKind


class Lexicon(Base):
    """A lexicon somebody supplied, with its words as they were sent."""

    __tablename__ = "lexicons"

    name: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    kind: Mapped[LexiconKind]
    source: Mapped[str]
    entries: Mapped[list[dict[str, Any]]] = mapped_column(deferred=True)
    size: Mapped[int]
    digest: Mapped[str]
    replaced_by: Mapped[str]
    replaced_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    built_in = False
