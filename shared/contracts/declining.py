"""Declines of directives, and what their issuers decide about them."""

from datetime import datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.text import Reason, Strict
from shared.moments import Moment


class DeclineRuling(StrEnum):
    """What an issuer decides about a decline."""

    ACCEPT = "accept"
    REJECT = "reject"


class Decline(BaseModel):
    """That a site declined and why; under decision until its issuer rules, and kept for ever."""

    id: UUID
    reason: str
    declined_by: str
    declined_at: datetime
    ruling: DeclineRuling | None = Field(default=None, description="None while under decision.")
    ruled_by: str | None = None
    ruled_at: datetime | None = None
    ruling_reason: str | None = None
    deadline: datetime | None = Field(default=None, description="The new one, if one was given.")


class DeclineDecision(Strict):
    """The issuer lets a site off, or has it repost all the same, with a reason."""

    ruling: DeclineRuling
    reason: Reason | None = None
    deadline: Moment | None = Field(
        default=None, description="A new one; needed when the old one has passed meanwhile."
    )

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Refuse a rejection without a reason, and a deadline for who is let off."""
        if self.ruling is DeclineRuling.REJECT and self.reason is None:
            raise PydanticCustomError("reason_missing", "A rejection needs a reason.")
        if self.ruling is DeclineRuling.ACCEPT and self.deadline is not None:
            raise PydanticCustomError("deadline_misplaced", "Who is let off has no deadline.")
        return self
