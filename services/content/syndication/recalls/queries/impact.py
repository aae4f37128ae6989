"""What a withdrawal or correction of an item reaches, or reached."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, Uuid, cast, false, literal, null, select, true
from sqlalchemy import union_all as together
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Bundle

from services.content.release.queries import history
from services.content.syndication.directives.directive import CLAIMED
from services.content.syndication.directives.models import Claim, Directive, Obligation
from services.content.syndication.recalls.models import Recall
from services.content.syndication.verification.models import Copy
from services.content.topics import queries as topics
from shared.auth import Actor, Permission
from shared.contracts.page import Page
from shared.contracts.release import Affected, Relation
from shared.pagination import Asked, Listing
from shared.problem import NotFound


async def impact(
    session: AsyncSession, actor: Actor, item_id: UUID, asked: Asked
) -> Page[Affected]:
    """Return one page of what refers to an item or shows it, to who reads its drafts.

    Of an item that is public no more it tells the copies that are followed.
    """
    place = await history.place(session, item_id)
    may = (Permission.READ_DRAFTS, place.sponsoring)
    if not place.is_public and not actor.may(*may, site_code=place.site_code):
        raise NotFound(history.NEVER)
    actor.require(*may, site_code=place.site_code)
    parts = [
        history.referring(item_id, place.url),
        _claimed(item_id) if place.is_public else _copies(item_id),
        *([_topic(item_id, place.topic_id)] if place.topic_id else []),
    ]
    found = together(*parts).subquery("affected")
    affected: Bundle[Affected] = Bundle("affected", *found.c)
    keys = [(found.c.relation, str), (found.c.id, UUID)]
    listing = Listing(f"impact:{item_id}", Affected, keys, newest_first=False)
    return await listing.turn(session, select(affected), asked)


def _claimed(item_id: UUID) -> Select[Any]:
    """Return the pages that sites claimed elsewhere than with a repost of our own."""
    shown = _columns(
        Obligation.id, item_id, Obligation.site_code, Directive.title, Claim.url, Relation.CLAIMED
    )
    return (
        shown.join_from(Obligation, Claim, Claim.obligation_id == Obligation.id)
        .join(Directive, Directive.id == Obligation.directive_id)
        .where(
            Directive.item_id == item_id,
            Obligation.state.in_(CLAIMED),
            Claim.follows_repost.is_(False),
        )
    )


def _copies(item_id: UUID) -> Select[Any]:
    """Return the copies that a standing recall of the item follows."""
    shown = _columns(Copy.id, item_id, Copy.site_code, Recall.title, Copy.url, Relation.COPY)
    return shown.join_from(Copy, Recall, Recall.id == Copy.recall_id).where(
        Recall.item_id == item_id, Recall.ended_at.is_(None)
    )


def _topic(item_id: UUID, topic_id: UUID) -> Select[Any]:
    topic = topics.named(topic_id).subquery()
    return _columns(
        topic.c.id, item_id, topic.c.site_code, topic.c.title, null(), Relation.TOPIC, leaves=False
    )


def _columns(
    id: Any,
    item_id: UUID,
    site_code: Any,
    title: Any,
    url: Any,
    relation: Relation,
    *,
    leaves: bool = True,
) -> Select[Any]:
    return select(
        id.label("id"),
        literal(item_id, Uuid).label("item_id"),
        site_code.label("site_code"),
        title.label("title"),
        cast(url, String).label("url"),
        literal(relation.value, String).label("relation"),
        (true() if leaves else false()).label("leaves"),
    )
