"""What a site and its columns look like as lines, and in which order lines must stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.content.bulk.line import (
    ColumnLine,
    FileLine,
    FormerAttachment,
    FormerCorrection,
    FormerPicture,
    FormerRecording,
    FormerValidity,
    ItemLine,
    SiteLine,
)
from shared.business_day import business_date
from shared.contracts.item_files import RelatedLink
from shared.contracts.item_text import Waiver

if TYPE_CHECKING:
    from services.content.assets.models import Asset
    from services.content.editorial.models import Revision
    from services.content.registry.models import Column, Site
    from services.content.release.models import Correction, Live, Validity

OF_SITE = ("code", "name", "domain", "level", "region", "icp_number", "police_number", "contact")
OFFICES = ("supervising", "sponsoring", "operating")
OF_COLUMN = ("name", "kind", "target_days", "position", "description", "keywords", "hidden")
AS_NAMED: Mapping[str, type[FormerPicture | FormerAttachment | FormerRecording]] = {
    "images": FormerPicture,
    "attachments": FormerAttachment,
    "recordings": FormerRecording,
}
OF_ITEM = tuple(
    set(ItemLine.model_fields)
    - {"type", "id", "column", "waivers", "interprets", "published_on", "corrections", "validity"}
    - {"links", *AS_NAMED}
)
FILES = "files"
"""The folder beside the lines in which files stand."""


def site_line(site: Site) -> SiteLine:
    """Return a site as a line."""
    said = {name: getattr(site, name) for name in OF_SITE}
    offices = {office: getattr(site, office).rsplit(".", 1)[-1] for office in OFFICES}
    return SiteLine.model_construct(type="site", id=site.code, **said, **offices)


def column_lines(site: Site, columns: Mapping[UUID, Column]) -> Iterator[ColumnLine]:
    """Yield a site's columns as lines, parents first; one that was merged is no more."""
    waiting = [column for column in columns.values() if column.merged_into is None]
    told: set[UUID | None] = {None}
    while ready := [column for column in waiting if column.parent_id in told]:
        for column in ready:
            said = {name: getattr(column, name) for name in OF_COLUMN}
            parent = str(column.parent_id) if column.parent_id else None
            yield ColumnLine.model_construct(
                type="column", id=str(column.id), site=site.code, parent=parent, **said
            )
        told |= {column.id for column in ready}
        waiting = [column for column in waiting if column.id not in told]


def standing_in(column_id: UUID, columns: Mapping[UUID, Column]) -> UUID:
    """Return the column that readers of a column are sent to, itself if it was not merged."""
    while (into := columns[column_id].merged_into) is not None:
        column_id = into
    return column_id


def file_line(asset: Asset) -> FileLine:
    """Return a file as a line, and so where it will stand."""
    path = f"{FILES}/{asset.id}.{asset.kind}"
    return FileLine(
        type="file",
        id=str(asset.id),
        site=asset.site_code,
        path=path,
        name=asset.name,
        sha256=asset.sha256,
    )


def item_line(
    row: Live,
    column_id: UUID,
    *,
    text: Revision,
    corrections: Iterable[Correction],
    mark: Validity | None,
    successor: Live | None,
) -> ItemLine:
    """Return a public item as a line; `successor` is its policy's, if that is public."""
    return ItemLine.model_construct(
        type="item",
        id=str(row.item_id),
        column=str(column_id),
        **{name: getattr(row, name) for name in OF_ITEM},
        waivers=[Waiver(**one) for one in text.waivers],
        **_files(text),
        links=[RelatedLink(**one) for one in row.links],
        interprets=str(row.interprets_id) if row.interprets_id else None,
        published_on=row.stated_on or business_date(row.first_public_at),
        corrections=[FormerCorrection(at=told.at, note=told.note) for told in corrections],
        validity=None if mark is None else _validity(row, mark, successor),
    )


def _files(text: Revision) -> dict[str, Any]:
    """Return the files that a text names, as a line names them."""
    return {
        name: [
            as_named(file=one["asset_id"], **{key: one[key] for key in one if key != "asset_id"})
            for one in getattr(text, name)
        ]
        for name, as_named in AS_NAMED.items()
    }


def _validity(row: Live, mark: Validity, successor: Live | None) -> FormerValidity:
    told, document = None, mark.document
    if successor and (successor.site_code, successor.origin_item_id) == (row.site_code, None):
        told = str(successor.item_id)
    elif mark.successor and document is None:
        # What no line can lead to is still named.
        document = successor.title if successor else str(mark.successor)
    return FormerValidity(
        state=mark.state, since=mark.since, successor=told, document=document, reason=mark.reason
    )


def in_order(references: Mapping[UUID, set[UUID]]) -> Iterator[UUID]:
    """Yield each item after those it refers to; of a ring of them, as they came."""
    told: set[UUID] = set()
    for item_id in references:
        yield from _after_its_own(item_id, references, told)


def _after_its_own(
    item_id: UUID, references: Mapping[UUID, set[UUID]], told: set[UUID]
) -> Iterator[UUID]:
    walk = [(item_id, False)]
    while walk:
        here, is_ready = walk.pop()
        if is_ready:
            yield here
        elif here not in told and here in references:
            told.add(here)
            walk += [(here, True), *((other, False) for other in references[here])]
