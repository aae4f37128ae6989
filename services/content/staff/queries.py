"""Questions about staff."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import String, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.staff.authority import PostKind, grants
from services.content.staff.credentials import FORGOTTEN_AFTER
from services.content.staff.models import Client, FailedLogin, Person, Post, RefreshToken
from shared.auth import Permission
from shared.problem import NotFound


async def person_called(session: AsyncSession, login: str) -> Person | None:
    """Return the active person with this login, if there is one."""
    return await session.scalar(
        select(Person).where(Person.login == login, Person.active.is_(True))
    )


async def person(session: AsyncSession, login: str) -> Person:
    """Return the active person with this login, or refuse."""
    found = await person_called(session, login)
    if found is None:
        raise NotFound("没有这个人员。", login=login)
    return found


async def posts_of(session: AsyncSession, person_id: UUID) -> Sequence[tuple[PostKind, str]]:
    """Return the posts a person holds and the paths they are held at."""
    question = select(Post.kind, Post.organization).where(Post.person_id == person_id)
    return [(kind, path) for kind, path in await session.execute(question)]


async def grants_of(
    session: AsyncSession, actor_id: str
) -> Mapping[Permission, tuple[str, ...]] | None:
    """Return what a person may do at present: nothing once they left, and `None` of a stranger."""
    named = func.concat("person:", cast(Person.id, String)) == actor_id
    person = (await session.execute(select(Person.id, Person.active).where(named))).first()
    if person is None:
        return None
    return grants(await posts_of(session, person.id)) if person.active else {}


async def client(session: AsyncSession, client_id: str) -> Client | None:
    """Return the client with this id, unless it was revoked."""
    return await session.scalar(
        select(Client).where(cast(Client.id, String) == client_id, Client.revoked_at.is_(None))
    )


async def refresh_token(session: AsyncSession, digest: bytes) -> RefreshToken | None:
    """Return the refresh token with this digest, locked until the transaction ends."""
    return await session.get(RefreshToken, digest, with_for_update=True)


async def failures(session: AsyncSession, login: str, now: datetime) -> int:
    """Count the recent failures to log in with this name."""
    question = select(func.count()).where(
        FailedLogin.login == login, FailedLogin.failed_at > now - FORGOTTEN_AFTER
    )
    return await session.scalar(question) or 0
