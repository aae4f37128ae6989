"""Lines of authority: which units a site's letters may go to."""

from collections.abc import Sequence

from shared.auth import within


def in_line(path: str, sponsoring: str, governing: Sequence[str]) -> bool:
    """Say whether the unit at `path` stands under the government a site's sponsor belongs to.

    `governing` are the paths of the governments at or above the sponsor; without any, the
    sponsor is its own line.
    """
    return within(path, max(governing, key=len, default=sponsoring))
