"""How a person proves who they are: passwords, and identities elsewhere."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from services.content.staff.commands.admitting import administered
from services.content.staff.commands.logging_in import Attempt, clear, weigh
from services.content.staff.commands.sessions import end_sessions
from services.content.staff.models import Person
from services.content.staff.queries import people, posts
from shared.auth import Permission
from shared.contracts.admitting import Identity
from shared.contracts.staff import IdentityLinked, PasswordChanged
from shared.problem import Conflict, Fault, Forbidden, Invalid
from shared.uow import UnitOfWork, expect


class WrongOldPassword(Forbidden):
    """The old password is not the one in force."""

    advice = "原密码不正确。"


class IdentityTaken(Conflict):
    """Another person is linked to this identity."""

    advice = "该外部身份已关联其他人员。"


async def weigh_own(uow: UnitOfWork, address: bytes) -> Attempt:
    """Count an attempt to name one's own password, as strictly as one to log in."""
    person = await people.locked(uow.session, people.own_id(uow.actor))
    if person is None or not person.active:
        raise people.NoSuchPerson
    return await weigh(uow, person.login, address)


async def change_password(uow: UnitOfWork, attempt: Attempt, password_hash: str) -> Person:
    """Take a person's new password, whose old one fitted; every other session ends."""
    person = await people.locked(uow.session, attempt.person_id)
    if person is None or person.password_hash != attempt.password_hash:
        raise WrongOldPassword
    person.password_hash = password_hash
    await clear(uow, attempt)
    await end_sessions(uow, person.id, besides=uow.actor.session)
    uow.announce(PasswordChanged(person_id=person.id, reset=False))
    return person


async def reset_password(
    uow: UnitOfWork, person_id: UUID, password_hash: str, *, version: int
) -> Person:
    """Set a password for somebody who lost theirs; every session of theirs ends."""
    person = await _vouched_for(uow, person_id, version)
    person.password_hash = password_hash
    await end_sessions(uow, person.id)
    uow.announce(PasswordChanged(person_id=person.id, reset=True))
    return person


async def link_identity(
    uow: UnitOfWork, person_id: UUID, identity: Identity, trusted: Collection[str], *, version: int
) -> Person:
    """Let a person log in as whom a trusted issuer knows them."""
    person = await _vouched_for(uow, person_id, version)
    if identity.issuer not in trusted:
        raise Invalid([Fault("/issuer", "untrusted", "此身份提供方未被信任。")])
    person.identity_issuer, person.identity_subject = identity.issuer, identity.subject
    try:
        await uow.session.flush()
    except IntegrityError as fault:
        raise IdentityTaken from fault
    uow.announce(IdentityLinked(person_id=person.id, issuer=identity.issuer))
    return person


async def unlink_identity(uow: UnitOfWork, person_id: UUID, *, version: int) -> Person:
    """Let a person no longer log in through an outside issuer."""
    person = await _vouched_for(uow, person_id, version)
    person.identity_issuer = person.identity_subject = None
    uow.announce(IdentityLinked(person_id=person.id, issuer=None))
    return person


async def _vouched_for(uow: UnitOfWork, person_id: UUID, version: int) -> Person:
    """Return a person as whom the actor could log in without gaining any authority by it.

    A person may hold posts above their own organization, which its administrator does not reach.
    """
    person = await administered(uow, person_id)
    for path in sorted(await posts.own_paths(uow.session, person.id)):
        uow.actor.require(Permission.ADMINISTER, path)
    expect(version, person.version)
    return person
