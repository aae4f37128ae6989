"""Logging in: with a password, a refresh token, a program's key, or an outside issuer's word."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from services.content.staff.authority import ends, grants, verbs_of
from services.content.staff.commands.sessions import close
from services.content.staff.credentials import REFRESHABLE, WrongCredentials, digest, secret
from services.content.staff.models import (
    FailedLogin,
    LoginSession,
    Person,
    RefreshToken,
    UsedAssertion,
)
from services.content.staff.outside import Assertion
from services.content.staff.patience import check_attempt
from services.content.staff.queries import clients, logins, people, posts
from shared.auth import Actor
from shared.ids import new_id
from shared.uow import UnitOfWork

USE_NOTED = timedelta(minutes=1)
LONGEST_DEVICE = 100


@dataclass(frozen=True)
class Login:
    """Someone who has proved who they are, and until when what they may do is sure.

    The refresh token is shown once.
    """

    actor: Actor
    until: datetime | None
    refresh_token: str | None = None


class Place(NamedTuple):
    """Where somebody logs in: a digest of the address, and what the browser says of itself."""

    address: bytes
    device: str


@dataclass(frozen=True)
class Attempt:
    """A password still to be tried: whose it would be, and what it must fit."""

    login: str
    address: bytes
    person_id: UUID | None
    password_hash: str | None


async def weigh(uow: UnitOfWork, login: str, address: bytes) -> Attempt:
    """Let a password be tried, unless too many failed; the attempt counts until it succeeds."""
    await people.lock_login(uow.session, login)
    failures = await logins.failures(uow.session, login, address, uow.now)
    check_attempt(failures, uow.now)
    uow.session.add(
        FailedLogin(
            login=login, address_digest=address, familiar=failures.familiar, failed_at=uow.now
        )
    )
    person = await people.called(uow.session, login)
    if person is None:
        return Attempt(login, address, None, None)
    return Attempt(login, address, person.id, person.password_hash)


async def log_in(uow: UnitOfWork, attempt: Attempt, place: Place, *, chance: str) -> Login:
    """Open a session for the person whose password fitted."""
    person = await people.locked(uow.session, attempt.person_id)
    if person is None or not person.active or person.password_hash != attempt.password_hash:
        raise WrongCredentials(error="invalid_grant")  # barred or changed while it was tried
    await clear(uow, attempt)
    return await _open(uow, person, place, chance)


async def clear(uow: UnitOfWork, attempt: Attempt) -> None:
    """Forget the failures of this login from the address it has now succeeded from."""
    await uow.session.execute(
        delete(FailedLogin).where(
            FailedLogin.login == attempt.login, FailedLogin.address_digest == attempt.address
        )
    )


async def log_in_outside(
    uow: UnitOfWork, assertion: Assertion, place: Place, *, chance: str
) -> Login:
    """Open a session for the person an outside issuer vouches for; each token counts once."""
    new = insert(UsedAssertion).values(digest=assertion.digest, expires_at=assertion.expires_at)
    taken = await uow.session.execute(new.on_conflict_do_nothing().returning(UsedAssertion.digest))
    person = await people.identified(uow.session, assertion.issuer, assertion.subject)
    if taken.first() is None or person is None:
        raise WrongCredentials(error="invalid_grant")
    return await _open(uow, person, place, chance)


async def _open(uow: UnitOfWork, person: Person, place: Place, chance: str) -> Login:
    session = LoginSession(
        id=new_id(),
        person_id=person.id,
        opened_at=uow.now,
        used_at=uow.now,
        expires_at=uow.now + REFRESHABLE,
        device=place.device[:LONGEST_DEVICE],
        address_digest=place.address,
    )
    uow.session.add(session)
    await uow.session.flush()
    return await _continue(uow, person, session, chance)


async def refresh(uow: UnitOfWork, token: str, *, chance: str) -> Login | None:
    """Exchange a refresh token for a new one; one used twice ends its session.

    It returns rather than raises, so that the end of the session is committed.
    """
    known = await logins.refresh_token(uow.session, digest(token))
    if known is None or known.expires_at <= uow.now:
        return None
    session = await logins.login_session(uow.session, known.session_id)
    if session is None or session.ended_at is not None:
        return None
    if known.used_at is not None:
        close(uow, session)
        return None
    known.used_at = uow.now
    person = await logins.person_of(uow.session, session.id)
    if person is None:
        return None
    session.used_at, session.expires_at = uow.now, uow.now + REFRESHABLE
    return await _continue(uow, person, session, chance)


async def _continue(uow: UnitOfWork, person: Person, session: LoginSession, chance: str) -> Login:
    token = secret(chance)
    uow.session.add(
        RefreshToken(digest=digest(token), session_id=session.id, expires_at=uow.now + REFRESHABLE)
    )
    held = await posts.held_by(uow.session, person.id, uow.now)
    actor = Actor(
        f"person:{person.id}", person.organization, grants(held), session=str(session.id)
    )
    return Login(actor, ends(held), token)


async def log_in_client(uow: UnitOfWork, client_id: str, given: str) -> Login:
    """Return the login of a program one of whose keys this is, within the key's scope."""
    try:
        named = UUID(client_id)
    except ValueError as fault:
        raise WrongCredentials(error="invalid_client") from fault
    key = await clients.key_fitting(uow.session, named, digest(given), uow.now)
    if key is None:
        raise WrongCredentials(error="invalid_client")
    if key.last_used_at is None or uow.now - key.last_used_at >= USE_NOTED:
        key.last_used_at = uow.now
    program = key.client
    actor = Actor(
        f"client:{program.id}",
        program.organization,
        verbs_of(program.kind, key.verbs, program.organization),
        sites=None if key.sites is None else frozenset(key.sites),
        columns=None if key.columns is None else frozenset(map(UUID, key.columns)),
    )
    return Login(actor, key.expires_at)
