"""Questions about people."""

from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.staff.models import Person, Post
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts.page import Page
from shared.contracts.staff import PersonView, PostKind
from shared.pagination import Asked, Listing
from shared.problem import NotFound

LOGINS = 2
PEOPLE = Listing("people", PersonView, [(Person.id, UUID)])


class NoSuchPerson(NotFound):
    """There is no such person, or none that you may see."""

    advice = "没有这个人员。"


async def called(session: AsyncSession, login: str) -> Person | None:
    """Return the active person with this login, if there is one."""
    return await session.scalar(
        select(Person).where(Person.login == login, Person.active.is_(True))
    )


async def identified(session: AsyncSession, issuer: str, subject: str) -> Person | None:
    """Return the active person an outside issuer knows by this subject, if there is one."""
    return await session.scalar(
        select(Person).where(
            Person.identity_issuer == issuer,
            Person.identity_subject == subject,
            Person.active.is_(True),
        )
    )


async def person(session: AsyncSession, actor: Actor, person_id: UUID) -> Person:
    """Return the actor's own entry or one they administer, or refuse as if there were none."""
    question = select(Person).where(Person.id == person_id, visible(actor))
    found = await session.scalar(question)
    if found is None:
        raise NoSuchPerson
    return found


async def people(
    session: AsyncSession,
    actor: Actor,
    organization: str | None,
    asked: Asked,
    *,
    active: bool | None,
) -> Page[PersonView]:
    """Return one page of the people an actor administers, and of themself, newest first."""
    question = select(Person).where(visible(actor))
    if organization is not None:
        question = question.where(Person.organization == organization)
    if active is not None:
        question = question.where(Person.active.is_(active))
    return await PEOPLE.turn(session, question, asked)


def visible(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a person is the actor or one the actor administers."""
    return or_(
        reached(actor, Permission.ADMINISTER, Person.organization), Person.id == own_id(actor)
    )


def own_id(actor: Actor) -> UUID | None:
    """Return the id of the person who acts, unless it is a program or process."""
    kind, _, name = actor.id.partition(":")
    try:
        return UUID(name) if kind == "person" else None
    except ValueError:
        return None


async def locked(session: AsyncSession, person_id: UUID | None) -> Person | None:
    """Return a person, locked until the transaction ends; nobody has no id."""
    if person_id is None:
        return None
    return await session.get(Person, person_id, with_for_update=True)


async def lock_login(session: AsyncSession, login: str) -> None:
    """Let attempts with one login be weighed one after the other."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(login, LOGINS))))


async def administrators_at(session: AsyncSession, path: str) -> int:
    """Count the active people who administer exactly this organization."""
    question = select(func.count(Person.id.distinct())).where(
        Person.id == Post.person_id,
        Post.kind == PostKind.ADMINISTRATOR,
        Post.organization == path,
        Person.active.is_(True),
    )
    return await session.scalar(question) or 0
