"""Files of letters, as GraphQL types."""

import strawberry

from gateway.content.assets import types as _types
from shared.contracts import attachments

# Why a file is refused is told alike in both services.
TYPES = (_types,)

strawberry.pydantic.type(
    attachments.Attachment, name="LetterAttachment", description=attachments.Attachment.__doc__
)
for plain in (
    attachments.RedactedCopy,
    attachments.AttachmentDecision,
    attachments.KeptAttachment,
    attachments.PublicAttachment,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)
