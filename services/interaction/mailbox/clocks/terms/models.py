"""Tables of terms."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.interaction.database import Base
from services.interaction.mailbox.clocks.terms.policy import Terms, shown, usual
from shared.contracts.letter_terms import LetterPolicy
from shared.ids import new_id


class SiteTerms(Base):
    """An edition of a site's terms, whole; letters keep the one they were received under."""

    __tablename__ = "letter_terms"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_code: Mapped[str]
    edition: Mapped[int]
    policy: Mapped[str]
    digest: Mapped[str]
    document: Mapped[dict[str, Any]]
    beyond_reason: Mapped[str | None]
    set_by: Mapped[str]
    set_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("site_code", "edition"),)

    @property
    def figures(self) -> Terms:
        """The terms as the rules take them."""
        if self.digest == usual().version:
            return usual()
        return Terms.model_validate(self.document)

    @property
    def terms(self) -> LetterPolicy:
        """The terms as people read them."""
        return shown(self.policy, self.figures)

    @property
    def version(self) -> int:
        """What a change of the site's terms must have read."""
        return self.edition
