"""What one GraphQL request stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import strawberry

if TYPE_CHECKING:
    from gateway.audit.client import AuditClient
    from gateway.content.client import ContentClient
    from gateway.content.loaders import ContentLoaders
    from gateway.interaction.client import InteractionClient


@dataclass(frozen=True)
class Context:
    """The services on behalf of one reader, and that request's loaders."""

    content: ContentClient
    interaction: InteractionClient
    audit: AuditClient
    loaders: ContentLoaders


Info = strawberry.Info[Context, None]
