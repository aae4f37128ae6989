"""What participation asks to publish, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.upstream import Upstream
from shared.contracts.page import Page
from shared.contracts.participation_texts import (
    ParticipationText,
    TextAcceptance,
    TextDismissal,
    TextState,
)


@dataclass(frozen=True)
class ParticipationTextsClient:
    """Texts of participation on behalf of one reader."""

    upstream: Upstream

    async def participation_texts(
        self,
        site_code: str | None,
        subject_id: UUID | None,
        state: TextState | None,
        first: int,
        after: str | None,
    ) -> Page[ParticipationText]:
        """Return a page of what participation told."""
        return await self.upstream.get(
            Page[ParticipationText],
            "/v1/participation-texts",
            site_code=site_code,
            subject_id=subject_id,
            state=state,
            first=first,
            after=after,
        )

    async def participation_text(self, text_id: UUID) -> ParticipationText:
        """Return one text."""
        path = f"/v1/participation-texts/{text_id}"
        return await self.upstream.get(ParticipationText, path)

    async def accept_participation_text(
        self, text_id: UUID, given: TextAcceptance, version: int
    ) -> ParticipationText:
        """Make a draft of a text."""
        path = f"/v1/participation-texts/{text_id}/acceptance"
        return await self.upstream.post(ParticipationText, path, given, version=version)

    async def dismiss_participation_text(
        self, text_id: UUID, given: TextDismissal, version: int
    ) -> ParticipationText:
        """Say why nothing is made of a text."""
        path = f"/v1/participation-texts/{text_id}/dismissal"
        return await self.upstream.post(ParticipationText, path, given, version=version)
