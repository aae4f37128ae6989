"""Ending sessions before their time."""

from uuid import UUID

from sqlalchemy import update

from services.content.staff.models import LoginSession
from services.content.staff.queries import logins, people
from shared.auth import Permission
from shared.contracts.staff import SessionEnded
from shared.problem import NotFound
from shared.uow import UnitOfWork


async def end_session(uow: UnitOfWork, session_id: UUID) -> LoginSession:
    """End one of the actor's sessions, or of a person they administer; one that ended stays so."""
    found = await logins.login_session(uow.session, session_id)
    if found is None or not await _may_end(uow, found.person_id):
        raise NotFound("没有这个登录会话。")
    close(uow, found)
    return found


async def _may_end(uow: UnitOfWork, person_id: UUID) -> bool:
    if person_id == people.own_id(uow.actor):
        return True
    person = await people.locked(uow.session, person_id)
    return person is not None and uow.actor.may(Permission.ADMINISTER, person.organization)


def close(uow: UnitOfWork, session: LoginSession) -> None:
    """End a session, if it has not ended; whether the actor may is for the caller to say."""
    if session.ended_at is None:
        session.ended_at = uow.now
        uow.announce(SessionEnded(session_id=session.id, person_id=session.person_id))


async def end_sessions(uow: UnitOfWork, person_id: UUID, *, besides: str = "") -> None:
    """End every session of a person but one; the event of the act that ends them says so."""
    ending = update(LoginSession).where(
        LoginSession.person_id == person_id, LoginSession.ended_at.is_(None)
    )
    if besides:
        ending = ending.where(LoginSession.id != UUID(besides))
    await uow.session.execute(ending.values(ended_at=uow.now))
