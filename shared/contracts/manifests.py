"""Edition manifests: what a public item is, signed, so that any copy of it can be checked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.origin import Origin

MANIFEST = "zhengbu-edition-manifest-1"
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class FileHashes(BaseModel):
    """A file that goes out with an item, by the bytes of each form it can be had in."""

    model_config = ConfigDict(frozen=True)

    asset_id: UUID
    title: str | None = None
    sha256: list[Sha256]


class EditionManifest(BaseModel):
    """What an item's public text is, and since when, in hashes; whoever has a copy compares.

    `signature` is a JWS with its payload detached (RFC 7515, appendix F), Ed25519, over the
    canonical form (RFC 8785) of all other members; keys are at `/.well-known/statement-keys.json`.
    """

    model_config = ConfigDict(frozen=True)

    type: Literal["zhengbu-edition-manifest-1"]
    item_id: UUID
    content_id: UUID = Field(description="The item all copies of this text come from.")
    site_code: str
    title: str
    content_hash: str = Field(description="The edition, as approvals and reposts name it.")
    text: Mapping[str, Sha256] = Field(
        description="SHA-256 of the canonical form (RFC 8785) of each member of the public item "
        "that is text and not empty."
    )
    files: list[FileHashes]
    release_seq: int
    first_public_at: datetime
    released_at: datetime
    url: str
    origin: Origin | None = None
    signature: str
