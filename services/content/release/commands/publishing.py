"""What changes of the public state have in common: a number, stored answers, an announcement."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, select

from services.content.release.models import Change, Live, Release
from services.content.release.queries import standing
from shared.contracts.content import ChangeAct, ItemLink, ItemReleased, Origin, PublicItem
from shared.contracts.item_text import TextOfItem
from shared.ids import new_id
from shared.uow import UnitOfWork

SHOWN = set(TextOfItem.model_fields) & set(PublicItem.model_fields) - {"interprets"}
"""What the public reads of a text; an interpretation's policy is shown as a link."""

# Whoever changes the public state holds this lock until commit, so numbers are in commit order.
ORDER = func.hashtextextended("release", 0)


async def next_seq(uow: UnitOfWork) -> int:
    """Return the number of the next change; until this one commits, nobody else gets one."""
    await uow.session.execute(select(func.pg_advisory_xact_lock(ORDER)))
    return await standing.last_seq(uow.session) + 1


def begin_release(uow: UnitOfWork, seq: int) -> Release:
    """Note who makes something public, and under which number."""
    release = Release(id=new_id(), seq=seq, released_by=uow.actor.id, released_at=uow.now)
    uow.session.add(release)
    return release


async def publish(uow: UnitOfWork, ids: Iterable[UUID], seq: int) -> None:
    """Write the answers of these public items anew, with links both ways, and note the change."""
    await uow.session.flush()
    rows = list((await standing.live(uow.session, list(ids))).values())
    links = await standing.linked(uow.session, rows)
    for row in rows:
        row.release_seq = seq
        row.answer = _public(row, links).model_dump_json().encode()
        row.etag = f'"{sha256(row.answer).hexdigest()[:32]}"'
        uow.session.add(
            Change(
                seq=seq,
                item_id=row.item_id,
                act=ChangeAct.RELEASED,
                site_code=row.site_code,
                at=uow.now,
            )
        )
    await uow.session.flush()


def announce(uow: UnitOfWork, row: Live, release: Release, *, to_be_interpreted: bool) -> None:
    """Announce that an item became public, or that its public text was replaced."""
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
            to_be_interpreted=to_be_interpreted,
            origin=_origin(row),
            topic_id=row.topic_id,
            released_at=row.updated_at,
        )
    )


def _public(row: Live, links: Sequence[Live]) -> PublicItem:
    interprets = [_link(other) for other in links if other.item_id == row.interprets_id]
    return PublicItem(
        id=row.item_id,
        site_code=row.site_code,
        column_id=row.column_id,
        kind=row.kind,
        **{name: getattr(row, name) for name in SHOWN},
        first_public_at=row.first_public_at,
        updated_at=row.updated_at,
        url=row.url,
        content_hash=row.content_hash,
        release_seq=row.release_seq,
        interprets=interprets[0] if interprets else None,
        interpretations=[_link(other) for other in links if other.interprets_id == row.item_id],
        origin=_origin(row),
    )


def _link(row: Live) -> ItemLink:
    return ItemLink(id=row.item_id, title=row.title)


def _origin(row: Live) -> Origin | None:
    if row.origin_item_id is None:
        return None
    return Origin(
        site_code=row.origin_site_code or "",
        item_id=row.origin_item_id,
        content_hash=row.content_hash,
        url=row.origin_url or "",
    )
