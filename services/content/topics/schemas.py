"""What the API of topics accepts."""

from shared.contracts.text import SiteCode, Strict
from shared.contracts.topics import TopicKind, TopicState


class TopicFilter(Strict):
    """Which topics to list."""

    site_code: SiteCode | None = None
    kind: TopicKind | None = None
    state: TopicState | None = None
