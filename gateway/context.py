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
    from gateway.public_state import PublicStates


@dataclass(frozen=True)
class Context:
    """The services on behalf of one reader, that request's loaders, and the states read."""

    content: ContentClient
    interaction: InteractionClient
    audit: AuditClient
    loaders: ContentLoaders
    states: PublicStates


Info = strawberry.Info[Context, None]
