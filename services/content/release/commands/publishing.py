"""What changes of the public state have in common: a number, stored answers, an announcement."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, select

from services.content.release.bundle import Text
from services.content.release.interpretation import is_owed
from services.content.release.models import Change, Live, Release
from services.content.release.queries import standing
from services.content.release.queries.standing import Link
from services.content.release.validity import label
from shared.contracts.content import (
    ChangeAct,
    ItemLink,
    ItemReleased,
    PublicItem,
    ValidityMark,
)
from shared.contracts.item_files import PublicFile
from shared.contracts.item_text import TextOfItem
from shared.contracts.origin import Fidelity, Hop, Origin
from shared.contracts.standing import Correction
from shared.ids import new_id
from shared.uow import UnitOfWork

SHOWN = set(TextOfItem.model_fields) & set(PublicItem.model_fields) - {"interprets"}
"""What the public reads of a text; an interpretation's policy is shown as a link."""

# Whoever changes the public state holds this lock until commit, so numbers are in commit order.
ORDER = func.hashtextextended("release", 0)
LONGEST_WAIT = timedelta(minutes=1)
"""Who is further behind did not wait: one of the clocks is wrong, and must not set the others."""


async def take_turn(uow: UnitOfWork) -> tuple[UnitOfWork, int]:
    """Return an act as of its turn, and the number of its change.

    Until it commits, nobody else gets one. Who waited bears no earlier instant than those who went
    before, so that what is ordered by time stands in the order in which it was seen.
    """
    await uow.session.execute(select(func.pg_advisory_xact_lock(ORDER)))
    seq, at = await standing.last_change(uow.session)
    return replace(
        uow, now=at if at and uow.now < at < uow.now + LONGEST_WAIT else uow.now
    ), seq + 1


def begin_release(uow: UnitOfWork, seq: int) -> Release:
    """Note who makes something public, and under which number."""
    release = Release(id=new_id(), seq=seq, released_by=uow.actor.id, released_at=uow.now)
    uow.session.add(release)
    return release


@dataclass(frozen=True)
class Around:
    """What a public item's page tells beside its text: links both ways, and corrections."""

    links: Mapping[UUID, Link]
    interpretations: Mapping[UUID, Sequence[Link]]
    replaced: Mapping[UUID, Sequence[Link]]
    corrections: Mapping[UUID, Sequence[Correction]]


ALONE = Around({}, {}, {}, {})
"""That nothing is told beside the text."""


async def publish(uow: UnitOfWork, ids: Iterable[UUID], seq: int) -> list[Live]:
    """Write the answers of these public items anew, with links both ways, and note the change."""
    await uow.session.flush()
    rows = list((await standing.live(uow.session, list(ids))).values())
    around = await _around(uow, rows)
    for row in rows:
        store_answer(row, around, seq)
        uow.session.add(released(uow, row, seq))
    await uow.session.flush()
    return rows


def store_answer(row: Live, around: Around, seq: int) -> None:
    """Write what the public reads of an item from this change on."""
    row.release_seq = seq
    row.answer = _public(row, around).model_dump_json().encode()
    row.etag = f'"{sha256(row.answer).hexdigest()[:32]}"'


def released(uow: UnitOfWork, row: Live, seq: int) -> Change:
    """Return the step of the public state that an item's release is."""
    return Change(
        seq=seq,
        item_id=row.item_id,
        act=ChangeAct.RELEASED,
        site_code=row.site_code,
        at=uow.now,
        by=uow.actor.id,
    )


def announce(
    uow: UnitOfWork,
    row: Live,
    release: Release,
    text: Text | None = None,
    interpretation_due_on: date | None = None,
) -> None:
    """Announce that an item became public, or that its public text was replaced.

    `text` is what was approved; a repost has none of its own, and owes nothing.
    """
    uow.announce(
        ItemReleased(
            item_id=row.item_id,
            site_code=row.site_code,
            column_id=row.column_id,
            kind=row.kind,
            title=row.title,
            doc_no=row.doc_no,
            content_hash=row.content_hash,
            release_id=release.id,
            release_seq=release.seq,
            first_public_at=row.first_public_at,
            interprets=row.interprets_id,
            to_be_interpreted=text is not None and is_owed(text),
            origin=_origin(row),
            topic_id=row.topic_id,
            released_at=row.updated_at,
            interpretation_may_follow=text is not None and text.interpretation_may_follow,
            interpretation_exempted=text is not None and text.interpretation_exemption is not None,
            index_no=row.index_no,
            interpretation_due_on=interpretation_due_on,
        )
    )


async def _around(uow: UnitOfWork, rows: Sequence[Live]) -> Around:
    links = await standing.linked(uow.session, rows)
    interpretations, replaced, corrections = (
        defaultdict(list),
        defaultdict(list),
        defaultdict(list),
    )
    for link in links:
        if link.interprets_id:
            interpretations[link.interprets_id].append(link)
        if link.successor_id:
            replaced[link.successor_id].append(link)
    for told in await standing.corrections(uow.session, [_original(row) for row in rows]):
        corrections[told.item_id].append(Correction(at=told.at, note=told.note))
    return Around({link.item_id: link for link in links}, interpretations, replaced, corrections)


def _original(row: Live) -> UUID:
    return row.origin_item_id or row.item_id


def _public(row: Live, around: Around) -> PublicItem:
    return PublicItem(
        id=row.item_id,
        site_code=row.site_code,
        column_id=row.column_id,
        kind=row.kind,
        **{name: getattr(row, name) for name in SHOWN},
        files=[PublicFile.model_validate(file) for file in row.files],
        first_public_at=row.first_public_at,
        updated_at=row.updated_at,
        url=row.url,
        content_hash=row.content_hash,
        release_seq=row.release_seq,
        interprets=_link(around.links.get(row.interprets_id)) if row.interprets_id else None,
        interpretations=_links(around.interpretations.get(row.item_id, ())),
        origin=_origin(row),
        local_note=row.local_note,
        corrections=list(around.corrections.get(_original(row), ())),
        index_no=row.index_no,
        stated_on=row.stated_on,
        validity=_mark(row, around),
        replaces=_links(around.replaced.get(row.item_id, ())),
    )


def _mark(row: Live, around: Around) -> ValidityMark | None:
    if row.validity is None or row.valid_since is None:
        return None
    return ValidityMark(
        state=row.validity,
        label=label(row.validity, row.valid_since),
        since=row.valid_since,
        successor=_link(around.links.get(row.successor_id)) if row.successor_id else None,
        document=row.successor_document,
    )


def _link(other: Link | None) -> ItemLink | None:
    if other is None:
        return None
    return ItemLink(id=other.item_id, title=other.title, form=other.interpretation_form)


def _links(others: Sequence[Link]) -> list[ItemLink]:
    return [link for other in others if (link := _link(other))]


def _origin(row: Live) -> Origin | None:
    if row.origin_item_id is None:
        return None
    return Origin(
        site_code=row.origin_site_code or "",
        item_id=row.origin_item_id,
        content_hash=row.origin_hash or row.content_hash,
        url=row.origin_url or "",
        fidelity=row.fidelity or Fidelity.VERBATIM,
        hops=list(map(Hop.model_validate, row.hops or ())),
    )
