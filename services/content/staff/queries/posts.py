"""Questions about posts: who holds them, who was lent them, and which nobody holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    String,
    Subquery,
    and_,
    cast,
    column,
    exists,
    func,
    or_,
    select,
    values,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.content.registry import queries as registry
from services.content.staff.authority import Held, grants
from services.content.staff.models import Delegation, Person, Post
from services.content.staff.queries import clients
from services.content.staff.queries.people import own_id
from services.content.staff.staffing import required_posts
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import staff as contracts
from shared.contracts.page import Page
from shared.contracts.staff import PostKind, PostView, Vacancy
from shared.pagination import Asked, Listing
from shared.problem import NotFound

POSTS = Listing("posts", PostView, [(Post.id, UUID)])


class NoSuchPost(NotFound):
    """There is no such post, or none that you may see."""

    advice = "没有这个岗位。"


DELEGATIONS = Listing("delegations", contracts.Delegation, [(Delegation.id, UUID)])


def _missing() -> Subquery:
    """Ask for every required post that nobody active holds, of every organization with a site."""
    listed = [
        (kind.value, post.value) for kind, posts in required_posts().items() for post in posts
    ]
    required = values(column("of", String), column("post", String), name="required").data(listed)
    sponsor = registry.sponsors().subquery("sponsor")
    held = exists().where(
        Post.organization == sponsor.c.path,
        cast(Post.kind, String) == required.c.post,
        Post.person_id == Person.id,
        Person.active.is_(True),
    )
    kind = cast(sponsor.c.kind, String)
    question = select(sponsor.c.path, sponsor.c.name, kind.label("kind"), required.c.post)
    return question.join(required, required.c.of == kind).where(~held).subquery("missing")


def _lacking(missing: Subquery) -> Subquery:
    """Gather the missing posts of each organization into one row."""
    told = func.jsonb_build_object(
        "organization",
        missing.c.path,
        "name",
        missing.c.name,
        "kind",
        missing.c.kind,
        "posts",
        func.jsonb_agg(aggregate_order_by(missing.c.post, missing.c.post)),
        type_=JSONB,
    )
    question = select(missing.c.path, told.label("vacancy"))
    return question.group_by(missing.c.path, missing.c.name, missing.c.kind).subquery("lacking")


MISSING = _missing()
LACKING = _lacking(MISSING)
VACANCIES = Listing("vacancies", Vacancy, [(LACKING.c.path, str)], newest_first=False)


async def held_by(session: AsyncSession, person_id: UUID, now: datetime) -> Sequence[Held]:
    """Return the posts a person holds now, their own and those lent to them."""
    own = select(Post.kind, Post.organization).where(Post.person_id == person_id)
    held = [Held(kind, path) for kind, path in await session.execute(own)]
    return [*held, *await lent_to(session, person_id, now)]


async def lent_to(session: AsyncSession, person_id: UUID | None, now: datetime) -> Sequence[Held]:
    """Return the posts lent to a person now: while the giver is active and still holds them."""
    question = (
        select(Post.kind, Post.organization, Delegation.ends_at)
        .join(Post, and_(Post.id == Delegation.post_id, Post.person_id == Delegation.giver_id))
        .join(Person, Person.id == Delegation.giver_id)
        .where(
            Delegation.receiver_id == person_id,
            Delegation.starts_at <= now,
            Delegation.ends_at > now,
            Delegation.ended_at.is_(None),
            Person.active.is_(True),
        )
        .order_by(Delegation.id)
    )
    return [Held(*row) for row in await session.execute(question)]


async def grants_of(
    session: AsyncSession, actor_id: str, now: datetime
) -> Mapping[Permission, tuple[str, ...]] | None:
    """Return what somebody may do at present: nothing once they left or were shut out.

    Of a program that still has a key, and of a stranger, it is `None`: what they may do stands in
    their tokens.
    """
    if await clients.is_shut_out(session, actor_id, now):
        return {}
    named = func.concat("person:", cast(Person.id, String)) == actor_id
    person = (await session.execute(select(Person.id, Person.active).where(named))).first()
    if person is None:
        return None
    return grants(await held_by(session, person.id, now)) if person.active else {}


async def acting(
    session: AsyncSession,
    actor_id: str,
    organization: str,
    then: Mapping[str, Sequence[str]],
    now: datetime,
) -> Actor:
    """Return who set something going, with the authority they have now.

    Whoever is unknown here has what they had then.
    """
    held = await grants_of(session, actor_id, now)
    known = {Permission(name): tuple(paths) for name, paths in then.items()}
    return Actor(actor_id, organization, known if held is None else held)


async def own_paths(session: AsyncSession, person_id: UUID) -> set[str]:
    """Return every organization at which a person holds a post of their own."""
    question = select(Post.organization).where(Post.person_id == person_id).distinct()
    return set(await session.scalars(question))


async def posts_of(session: AsyncSession, person_id: UUID) -> Sequence[Post]:
    """Return the posts a person holds of their own."""
    question = select(Post).where(Post.person_id == person_id).order_by(Post.id)
    return (await session.scalars(question)).all()


async def post(session: AsyncSession, post_id: UUID) -> Post:
    """Return a post with its holder, locked until the transaction ends, or refuse."""
    question = (
        select(Post)
        .options(joinedload(Post.person, innerjoin=True))
        .where(Post.id == post_id)
        .with_for_update(of=Post)
    )
    found = await session.scalar(question)
    if found is None:
        raise NoSuchPost
    return found


async def posts(
    session: AsyncSession,
    actor: Actor,
    organization: str | None,
    kind: PostKind | None,
    asked: Asked,
) -> Page[PostView]:
    """Return one page of the posts an actor administers, and of their own, newest first."""
    question = (
        select(Post)
        .options(joinedload(Post.person, innerjoin=True))
        .where(
            or_(
                reached(actor, Permission.ADMINISTER, Post.organization),
                Post.person_id == own_id(actor),
            )
        )
    )
    if organization is not None:
        question = question.where(Post.organization == organization)
    if kind is not None:
        question = question.where(Post.kind == kind)
    return await POSTS.turn(session, question, asked)


async def vacancies(session: AsyncSession, actor: Actor, asked: Asked) -> Page[Vacancy]:
    """Return one page of the organizations that lack a required post, as far as reached."""
    question = select(LACKING.c.vacancy).where(
        or_(
            reached(actor, Permission.ADMINISTER, LACKING.c.path),
            reached(actor, Permission.ISSUE_DIRECTIVE, LACKING.c.path),
        )
    )
    return await VACANCIES.turn(session, question, asked)


async def is_missing(session: AsyncSession, organization: str, kind: PostKind) -> bool:
    """Say whether an organization with a site must fill this post, and nobody active holds it."""
    question = exists().where(MISSING.c.path == organization, MISSING.c.post == kind.value)
    return bool(await session.scalar(select(question)))


async def delegation(session: AsyncSession, delegation_id: UUID) -> Delegation | None:
    """Return a delegation, locked until the transaction ends."""
    return await session.get(Delegation, delegation_id, with_for_update=True)


async def delegations(
    session: AsyncSession, actor: Actor, asked: Asked
) -> Page[contracts.Delegation]:
    """Return one page of the delegations an actor gave, got or administers, newest first."""
    own = own_id(actor)
    question = select(Delegation).where(
        or_(
            reached(actor, Permission.ADMINISTER, Delegation.organization),
            Delegation.giver_id == own,
            Delegation.receiver_id == own,
        )
    )
    return await DELEGATIONS.turn(session, question, asked)
