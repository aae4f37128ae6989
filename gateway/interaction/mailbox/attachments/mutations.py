"""What is done with the files of letters."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.context import Info
from gateway.interaction.mailbox.attachments import types as _types
from gateway.problem import Problem
from shared.contracts.attachments import KeptAttachment, NewDecision

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)

strawberry.pydantic.input(
    NewDecision, name="AttachmentDecisionInput", description=NewDecision.__doc__
)

AttachmentOrProblem = Annotated[KeptAttachment | Problem, strawberry.union("AttachmentOrProblem")]


@strawberry.type
class AttachmentsMutation:
    """Deciding what the public is shown of a letter's files."""

    @strawberry.mutation(
        description="Decide whether the public is shown an attachment of a published letter."
    )
    async def decide_attachment(
        self, info: Info, letter_id: UUID, id: UUID, version: int, input: NewDecision
    ) -> AttachmentOrProblem:
        """Decide about an attachment."""
        return await info.context.interaction.decide_attachment(letter_id, id, input, version)
