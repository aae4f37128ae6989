"""What issuers and sites send."""

from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.registry import Level
from shared.contracts.syndication import Ask
from shared.contracts.text import OrganizationCode, Reason, SiteCode, Strict
from shared.moments import Moment


class NewDirective(Strict):
    """An order to the sites of a region, one level of it or all, or to named ones."""

    item_id: UUID
    issuer: OrganizationCode
    ask: Ask = Ask.REPOST
    deadline: Moment
    level: Level | None = None
    site_codes: Annotated[list[SiteCode], Field(max_length=1000)] | None = Field(
        default=None, description="Named sites; without them every site below the issuer."
    )


class Answer(StrEnum):
    """What a site may answer to a directive."""

    ACCEPT = "accept"
    DECLINE = "decline"


class ObligationAnswer(Strict):
    """A site reposts into one of its columns, or declines with a reason."""

    answer: Answer
    column_id: UUID | None = None
    reason: Reason | None = None

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Refuse an acceptance without a column and a refusal without a reason."""
        if self.answer is Answer.ACCEPT and self.column_id is None:
            raise PydanticCustomError("column_missing", "Say in which column it will stand.")
        if self.answer is Answer.DECLINE and self.reason is None:
            raise PydanticCustomError("reason_missing", "A refusal needs a reason.")
        return self
