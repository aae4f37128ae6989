"""The files of an item as the public may fetch them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.contracts.item_files import FileForm, PublicFile

if TYPE_CHECKING:
    from services.content.assets.models import Asset
    from services.content.editorial.models import Revision


def file_url(asset_id: UUID, name: str) -> str:
    """Return where a form of a public file is fetched, below the API's own address."""
    return f"/v1/public/assets/{asset_id}/{name}"


def public_files(text: Revision, files: Mapping[UUID, Asset]) -> list[dict[str, Any]]:
    """Return the files of a text in the order of its lists, each in every form it has."""
    return [file.model_dump(mode="json") for file in _files(text, files)]


def _files(text: Revision, files: Mapping[UUID, Asset]) -> Iterator[PublicFile]:
    for named in (*text.images, *text.attachments, *text.recordings):
        asset = files[UUID(named["asset_id"])]
        if asset.family is not None:
            yield PublicFile(
                asset_id=asset.id,
                family=asset.family,
                title=named.get("title"),
                alt=named.get("alt"),
                transcript=named.get("transcript"),
                forms=_forms(asset),
            )


def _forms(asset: Asset) -> Sequence[FileForm]:
    return [
        FileForm(
            use=form.use,
            url=file_url(asset.id, form.name),
            mime=form.mime,
            size=form.size,
            sha256=form.sha256,
            width=form.width,
            height=form.height,
        )
        for form in asset.renditions
    ]
