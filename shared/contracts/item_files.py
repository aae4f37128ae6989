"""The files and links that go out with an item's text."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.assets import Family, Use
from shared.contracts.text import Line, Prose

Alternative = Annotated[str, Field(max_length=200)]
WebAddress = Annotated[
    str,
    Field(pattern=r"^https?://[^\s/?#\x00-\x1f]+[^\s\x00-\x1f]*$", max_length=500),
]


class NamedFile(BaseModel):
    """A file that goes out with a text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    asset_id: UUID


class Picture(NamedFile):
    """An image of the text."""

    alt: Alternative | None = Field(
        default=None, description="What it shows, for who cannot see it; empty if it only adorns."
    )


class Attachment(NamedFile):
    """A document that goes out with the text."""

    title: Line


class Recording(NamedFile):
    """Sound or film that goes out with the text."""

    title: Line
    transcript: Prose | None = Field(default=None, description="For who cannot hear.")


class RelatedLink(BaseModel):
    """A page the text points to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Line
    href: WebAddress


class ItemPicture(Picture):
    """An image, as its item tells it."""


class ItemAttachment(Attachment):
    """A document, as its item tells it."""


class ItemRecording(Recording):
    """Sound or film, as its item tells it."""


class ItemRelatedLink(RelatedLink):
    """A page an item points to."""


class FileForm(BaseModel):
    """One form in which a public file can be fetched."""

    use: Use
    url: str = Field(description="Relative to the API's own address.")
    mime: str
    size: int = Field(description="In bytes.")
    sha256: str
    width: int | None = None
    height: int | None = None


class PublicFile(BaseModel):
    """A file of a public item: an image, a document, sound or film."""

    asset_id: UUID
    family: Family
    title: str | None = None
    alt: str | None = None
    transcript: str | None = None
    forms: list[FileForm]
