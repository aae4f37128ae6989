"""Where a file's bytes lie in the object store: by id, and by no word of anybody's."""

from uuid import UUID


def everything(asset_id: UUID) -> str:
    """Return the prefix of all that is stored of a file."""
    return asset_id.hex


def original(asset_id: UUID) -> str:
    """Return where a file lies as it was uploaded."""
    return f"{asset_id.hex}/original"


def pieces(asset_id: UUID) -> str:
    """Return the prefix of the pieces in which a file arrives."""
    return f"{asset_id.hex}/pieces"


def piece(asset_id: UUID, offset: int, chance: UUID) -> str:
    """Return where a piece lies; two that arrive at once for one place do not meet."""
    return f"{pieces(asset_id)}/{offset:016d}-{chance.hex}"


def rendition(asset_id: UUID, name: str) -> str:
    """Return where a form lies in which the file may be shown."""
    return f"{asset_id.hex}/public/{name}"
