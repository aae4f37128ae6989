"""Checking texts with what is in force: as they are written, and again when that changes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.content.assets import queries as assets
from services.content.editorial.checks import links
from services.content.editorial.checks.finding import CheckFinding
from services.content.editorial.checks.gate import check
from services.content.editorial.checks.subject import (
    NO_LEXICONS,
    Attachment,
    Image,
    Link,
    Recording,
    Subject,
)
from services.content.editorial.disclosure import missing
from services.content.editorial.link_reading.dead_link import DeadLink, figures
from services.content.editorial.models import Item
from services.content.editorial.waiver import answering, waive
from services.content.lexicons import queries as lexicons
from services.content.lexicons.matching import Lexicons
from services.content.registry import queries as registry
from services.content.registry.column_kinds import column_kinds
from shared.business_day import business_date
from shared.contracts import item_files
from shared.contracts.assets import Use
from shared.contracts.content import ItemKind
from shared.contracts.item_files import Picture
from shared.contracts.item_text import TextOfItem


@dataclass(frozen=True)
class Surroundings:
    """What a text is judged by, beside what it says."""

    today: date
    lexicons: Lexicons
    own_domains: frozenset[str]
    takes: Mapping[UUID, Collection[ItemKind]]


NONE_DEAD: Mapping[str, DeadLink] = {}
APART = Surroundings(date.min, NO_LEXICONS, frozenset(), {})
"""What a text is read by when nothing is to be judged."""


async def surroundings(
    session: AsyncSession, now: datetime, columns: Collection[UUID] = ()
) -> Surroundings:
    """Return what texts are judged by now, in these columns."""
    kinds = await registry.kinds_of_columns(session, columns)
    return Surroundings(
        business_date(now),
        await lexicons.in_force(session),
        await registry.domains(session),
        {column: column_kinds().takes(kind) for column, kind in kinds.items()},
    )


class FileFacts(NamedTuple):
    """What is known of a file that may be shown."""

    width: int
    has_narrow_rendition: bool
    text: str | None
    text_complete: bool


async def file_facts(
    session: AsyncSession, asset_ids: Collection[UUID]
) -> Mapping[UUID, FileFacts]:
    """Return what is known of those of the files that are ready."""
    if not asset_ids:
        return {}
    return {
        asset.id: FileFacts(
            asset.width or 0,
            any(form.use is Use.PAGE for form in asset.renditions),
            asset.text,
            asset.text_complete is not False,
        )
        for asset in await assets.ready(session, asset_ids)
    }


class Placed(Protocol):
    """An item, as far as what it is and where it stands are judged."""

    @property
    def kind(self) -> ItemKind:
        """What it is."""

    @property
    def column_id(self) -> UUID:
        """Where it stands."""


def subject(
    text: TextOfItem,
    item: Placed,
    around: Surroundings,
    files: Mapping[UUID, FileFacts],
    dead_links: Mapping[str, DeadLink] = NONE_DEAD,
) -> Subject:
    """Return a text with everything it is judged by.

    A file that is not ready is judged when the text is submitted, which it holds up until then.
    """
    return Subject(
        title=text.title,
        body=text.body,
        summary=text.summary,
        written_on=text.written_on,
        in_force_on=text.in_force_on,
        expires_on=text.expires_on,
        missing_metadata=[one.label for one in missing(item.kind, text)],
        belongs=item.kind in around.takes.get(item.column_id, ItemKind),
        images=[_image(picture, files.get(picture.asset_id)) for picture in text.images],
        attachments=[_attachment(one, files.get(one.asset_id)) for one in text.attachments],
        recordings=[Recording(one.title, one.transcript) for one in text.recordings],
        links=[Link(one.text, one.href) for one in text.links],
        today=around.today,
        lexicons=around.lexicons,
        own_domains=around.own_domains,
        dead_links=dead_links,
    )


def addresses(text: TextOfItem, item: Placed, files: Mapping[UUID, FileFacts]) -> frozenset[str]:
    """Return where a text and all that goes out with it lead, as far as we read it."""
    known = dict.fromkeys(links.addresses(subject(text, item, APART, files)))
    short = [url for url in known if len(url) <= figures().longest_address]
    return frozenset(short[: figures().links_of_a_text])


def _image(picture: Picture, facts: FileFacts | None) -> Image:
    if facts is None:
        return Image(picture.alt, 0)
    return Image(picture.alt, facts.width, facts.has_narrow_rendition)


def _attachment(attached: item_files.Attachment, facts: FileFacts | None) -> Attachment:
    if facts is None:  # not missed before it could have been read
        return Attachment(attached.title, attached.title)
    return Attachment(attached.title, facts.text, complete=facts.text_complete)


def as_stored(findings: Sequence[CheckFinding]) -> list[dict[str, Any]]:
    """Return findings as an item keeps them."""
    return [finding.model_dump(mode="json") for finding in findings]


def text_of(item: Item) -> TextOfItem:
    """Return an item's present text."""
    return TextOfItem.model_validate(item.current, from_attributes=True)


def check_again(
    item: Item,
    around: Surroundings,
    files: Mapping[UUID, FileFacts],
    dead_links: Mapping[str, DeadLink],
) -> list[dict[str, Any]]:
    """Return what the checks find now in an item's present text."""
    text = text_of(item)
    checked = subject(text, item, around, files, dead_links)
    by = answering(text.waivers, item.findings, item.current.author)
    return as_stored(waive(check(checked), text.waivers, dict(checked.texts()), by))
