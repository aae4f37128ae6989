"""Texts that were public elsewhere and came in on a person's word."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.events import Event


class Vouch(BaseModel):
    """A person's word that an imported text was reviewed where it came from; it is no review."""

    model_config = ConfigDict(from_attributes=True)

    by: str
    at: datetime
    content_hash: str


class ItemsImported(Event, type="content.items.imported", subject="import_id"):
    """Texts that were public elsewhere became public here, on a person's word.

    `digest` is the SHA-256 of a line for each item, in the order they came: its id, the hash of
    its text and the earlier date it bears, set apart by blanks and ended by a line feed.
    """

    import_id: UUID
    source: str
    release_id: UUID
    release_seq: int
    items: int
    site_codes: tuple[str, ...]
    vouched_by: str
    digest: str
