"""Questions about logins: sessions, refresh tokens, and attempts that failed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from services.content.staff.models import FailedLogin, LoginSession, Person, RefreshToken
from services.content.staff.patience import Failures, patience
from services.content.staff.queries.people import own_id
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts.page import Page
from shared.contracts.staff import SessionView
from shared.pagination import Asked, Listing

SESSIONS = Listing("sessions", SessionView, [(LoginSession.id, UUID)])


async def failures(session: AsyncSession, login: str, address: bytes, now: datetime) -> Failures:
    """Return how often this login failed lately, from this address and from strange ones."""
    here, strange = FailedLogin.address_digest == address, FailedLogin.familiar.is_(False)
    familiar = exists().where(
        Person.login == login,
        LoginSession.person_id == Person.id,
        LoginSession.address_digest == address,
    )
    row = await session.execute(
        select(
            *_counted(FailedLogin.failed_at, here),
            *_counted(FailedLogin.failed_at, strange),
            select(familiar).scalar_subquery(),
        ).where(
            FailedLogin.login == login,
            FailedLogin.failed_at > now - patience().logging_in.window,
        )
    )
    return Failures(*row.one())


def _counted(
    at: InstrumentedAttribute[datetime], which: ColumnElement[bool]
) -> tuple[ColumnElement[int], ColumnElement[datetime]]:
    return func.count().filter(which), func.min(at).filter(which)


async def refresh_token(session: AsyncSession, digest: bytes) -> RefreshToken | None:
    """Return the refresh token with this digest, locked until the transaction ends."""
    return await session.get(RefreshToken, digest, with_for_update=True)


async def login_session(session: AsyncSession, session_id: UUID) -> LoginSession | None:
    """Return a login, locked until the transaction ends."""
    return await session.get(LoginSession, session_id, with_for_update=True)


async def person_of(session: AsyncSession, session_id: UUID) -> Person | None:
    """Return the active person who opened a session."""
    return await session.scalar(
        select(Person).where(
            Person.id == LoginSession.person_id,
            LoginSession.id == session_id,
            Person.active.is_(True),
        )
    )


async def may_act(session: AsyncSession, person_id: UUID | None, opened: str) -> bool | None:
    """Say whether a person is active and the session they opened lasts; `None` of a stranger."""
    ended = exists().where(
        LoginSession.id == (UUID(opened) if opened else None), LoginSession.ended_at.is_not(None)
    )
    question = select(and_(Person.active, ~ended)).where(Person.id == person_id)
    return await session.scalar(question)


async def sessions(
    session: AsyncSession, actor: Actor, person_id: UUID | None, asked: Asked
) -> Page[SessionView]:
    """Return one page of the actor's own sessions, or of a person they administer."""
    own = own_id(actor)
    question = select(LoginSession).join(Person, Person.id == LoginSession.person_id)
    question = question.where(
        LoginSession.person_id == (person_id or own),
        or_(reached(actor, Permission.ADMINISTER, Person.organization), Person.id == own),
    )
    return await SESSIONS.turn(session, question, asked)
