"""Files of letters, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.interaction.admission import showing
from gateway.upstream import Upstream, segment
from shared.contracts.attachments import Attachment, KeptAttachment, NewDecision


@dataclass(frozen=True)
class AttachmentsClient:
    """Files of letters on behalf of one reader."""

    upstream: Upstream

    async def letter_attachments(
        self, number: str, query_code: str, proof: str | None
    ) -> list[Attachment]:
        """Return the files of a letter to whoever has its query code."""
        path = f"/v1/public/letters/{segment(number)}/attachments"
        return await self.upstream.showing(showing(query_code, proof)).get(list[Attachment], path)

    async def kept_attachments(self, letter_id: UUID) -> list[KeptAttachment]:
        """Return the files of a letter, and what was decided about each."""
        return await self.upstream.get(
            list[KeptAttachment], f"/v1/letters/{letter_id}/attachments"
        )

    async def decide_attachment(
        self, letter_id: UUID, attachment_id: UUID, new: NewDecision, version: int
    ) -> KeptAttachment:
        """Decide whether the public is shown an attachment."""
        path = f"/v1/letters/{letter_id}/attachments/{attachment_id}/decision"
        return await self.upstream.post(KeptAttachment, path, new, version=version, method="PUT")
