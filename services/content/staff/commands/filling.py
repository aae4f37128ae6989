"""Filling posts and vacating them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from services.content.registry import queries as organizations
from services.content.staff.models import Person, Post
from services.content.staff.queries import people, posts
from shared.auth import Permission
from shared.contracts.admitting import NewPost
from shared.contracts.staff import (
    PostFilled,
    PostKind,
    PostVacated,
    PostView,
    RequiredPostFellVacant,
)
from shared.problem import Conflict
from shared.uow import UnitOfWork

ADMINISTRATORS = func.hashtextextended("administrators", 0)


class AlreadyKnown(Conflict):
    """Another person has this login, or this person already holds this post."""

    advice = "账号已存在，或该人员已任此岗位。"


class LastAdministrator(Conflict):
    """Nobody would be left to administer the group."""

    advice = "网站群至少要有一名在岗的总管理员。"


async def fill_post(uow: UnitOfWork, new: NewPost) -> Post:
    """Put a person in a post at an organization."""
    organization = await organizations.organization(uow.session, new.organization)
    uow.actor.require(Permission.ADMINISTER, organization.path)
    person = await people.called(uow.session, new.login)
    if person is None:
        raise people.NoSuchPerson(login=new.login)
    return await enter_post(uow, person, new.kind, organization.path)


async def enter_post(uow: UnitOfWork, person: Person, kind: PostKind, path: str) -> Post:
    """Record that a person takes up a post; whether they may is for the caller to say."""
    post = Post(person=person, kind=kind, organization=path)
    uow.session.add(post)
    try:
        await uow.session.flush()
    except IntegrityError as fault:
        raise AlreadyKnown from fault
    uow.announce(
        PostFilled(post_id=post.id, person_id=person.id, kind=kind.value, organization=path)
    )
    return post


async def vacate_post(uow: UnitOfWork, post_id: UUID) -> PostView:
    """Let a person leave a post; whoever it was lent to loses it with them."""
    post = await posts.post(uow.session, post_id)
    if not uow.actor.may(Permission.ADMINISTER, post.organization):
        raise posts.NoSuchPost
    left = PostView.model_validate(post, from_attributes=True)
    await uow.session.delete(post)
    uow.announce(
        PostVacated(
            post_id=left.id,
            person_id=left.person_id,
            kind=left.kind.value,
            organization=left.organization,
        )
    )
    await keep_an_administrator(uow, [left])
    await tell_vacant(uow, [left])
    return left


async def keep_an_administrator(uow: UnitOfWork, left: Iterable[Post | PostView]) -> None:
    """Refuse to lose posts after which nobody could administer the whole group."""
    root = await organizations.root(uow.session)
    if root not in {post.organization for post in left if post.kind is PostKind.ADMINISTRATOR}:
        return
    await uow.session.flush()
    await uow.session.execute(select(func.pg_advisory_xact_lock(ADMINISTRATORS)))
    if not await people.administrators_at(uow.session, root or ""):
        raise LastAdministrator


async def tell_vacant(uow: UnitOfWork, left: Iterable[Post | PostView]) -> None:
    """Announce each of these posts that must be filled and that nobody holds any more."""
    await uow.session.flush()
    for post in left:
        if await posts.is_missing(uow.session, post.organization, post.kind):
            uow.announce(
                RequiredPostFellVacant(organization=post.organization, kind=post.kind.value)
            )
