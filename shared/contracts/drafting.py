"""What editors and reviewers send."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.content import ItemKind, ReviewStep, Verdict
from shared.contracts.item_text import Disclosure, TextOfItem
from shared.contracts.text import Reason, SiteCode, Strict


class Draft(Strict, TextOfItem):
    """The text of an item, whole: a revision replaces it."""

    @model_validator(mode="after")
    def explain_restriction(self) -> Self:
        """Refuse a restricted disclosure nobody gave a reason for (国办发〔2016〕80号)."""
        if self.disclosure is not Disclosure.PROACTIVE and not self.disclosure_reason:
            raise PydanticCustomError("reason_missing", "A restricted disclosure needs a reason.")
        return self


class NewItem(Draft):
    """An item to be written, and where it will stand."""

    site_code: SiteCode
    column_id: UUID
    kind: ItemKind


class Submission(Strict):
    """By which road a text goes to its reviewers."""

    emergency_reason: Reason | None = Field(
        default=None,
        description="Sends it by the emergency road: both reviews side by side, and one after.",
    )


class ReviewDecision(Strict):
    """What a reviewer decides about exactly the text they read."""

    step: ReviewStep
    verdict: Verdict
    content_hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    reason: Reason | None = None

    @model_validator(mode="after")
    def explain_return(self) -> Self:
        """Refuse to send a text back without a word."""
        if self.verdict is Verdict.RETURN and not self.reason:
            raise PydanticCustomError("reason_missing", "A return needs a reason.")
        return self
