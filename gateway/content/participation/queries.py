"""What those who settle texts of participation may ask."""

from uuid import UUID

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.problem import find
from shared.contracts.participation_texts import ParticipationText, TextState


@strawberry.type
class ParticipationTextsQuery:
    """What surveys, consultations and interviews told, and what became of it."""

    @strawberry.field(description="One announcement or result, and what became of it.")
    async def participation_text(self, info: Info, id: UUID) -> ParticipationText | None:
        """Return a text, if the reader's posts reach it."""
        return await find(info.context.content.participation_text(id))

    @strawberry.field(description="Announcements and results that became drafts or wait, newest.")
    async def participation_texts(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        subject_id: UUID | None = None,
        state: TextState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[ParticipationText]:
        """Return a page of texts."""
        page = await info.context.content.participation_texts(
            site_code, subject_id, state, first, after
        )
        return connect(page, after)
