"""Published letters as GraphQL types."""

import strawberry

from gateway.interaction.mailbox.attachments import types as _types
from shared.contracts import published_letters

# What is published of files is a part of what is published.
TYPES = (_types,)

for plain in (published_letters.PublicLetter, published_letters.ProposedRendition):
    strawberry.pydantic.type(plain, description=plain.__doc__)
