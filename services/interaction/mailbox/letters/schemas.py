"""What is asked of the clerks' list."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Query

from shared.contracts.letters import (
    LetterChannel,
    LetterKind,
    LetterNumber,
    LetterState,
    StateType,
    Urgency,
)
from shared.contracts.text import OrganizationCode, SiteCode


@dataclass(frozen=True)
class LetterFilter:
    """Which of the letters within reach to list."""

    state: LetterState | None = None
    state_type: StateType | None = None
    kind: LetterKind | None = None
    urgency: Urgency | None = None
    channel: LetterChannel | None = None
    site_code: Annotated[SiteCode | None, Query()] = None
    organization: Annotated[
        OrganizationCode | None, Query(description="The unit in charge, and none below it.")
    ] = None
    number: LetterNumber | None = None
    lead_id: Annotated[UUID | None, Query(description="Those merged into this letter.")] = None
    overdue: Annotated[
        bool, Query(description="Only those whose due date passed without an answer.")
    ] = False
