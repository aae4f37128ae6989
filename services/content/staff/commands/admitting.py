"""Letting people in, and keeping them out."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError

from services.content.registry import queries as organizations
from services.content.registry.commands import organizing as registry
from services.content.staff.commands.filling import (
    AlreadyKnown,
    enter_post,
    keep_an_administrator,
    tell_vacant,
)
from services.content.staff.commands.sessions import end_sessions
from services.content.staff.models import Person
from services.content.staff.queries import people, posts
from services.content.staff.schemas import Founding
from shared.auth import Permission
from shared.contracts.admitting import NewPerson
from shared.contracts.staff import PersonDeactivated, PersonJoined, PersonReactivated, PostKind
from shared.problem import Conflict
from shared.uow import UnitOfWork, expect


class PersonAlreadySo(Conflict):
    """The person is barred already, or was never barred."""

    advice = "该人员已处于此状态。"


class NotOneself(Conflict):
    """Nobody bars themself."""

    advice = "不能停用自己的账号，请由其他管理员办理。"


async def found_group(uow: UnitOfWork, founding: Founding, password_hash: str) -> Person:
    """Register the first organization and the administrator who admits everyone else."""
    root = await registry.found_group(uow, founding.code, founding.name, founding.level)
    person = Person(login=founding.login, name=founding.administrator, organization=root.path)
    await _join(uow, person, password_hash)
    await enter_post(uow, person, PostKind.ADMINISTRATOR, root.path)
    return person


async def admit_person(uow: UnitOfWork, new: NewPerson, password_hash: str) -> Person:
    """Let a person join an organization."""
    organization = await organizations.organization(uow.session, new.organization)
    uow.actor.require(Permission.ADMINISTER, organization.path)
    person = Person(login=new.login, name=new.name, organization=organization.path)
    return await _join(uow, person, password_hash)


async def _join(uow: UnitOfWork, person: Person, password_hash: str) -> Person:
    person.password_hash = password_hash
    uow.session.add(person)
    try:
        await uow.session.flush()
    except IntegrityError as fault:
        raise AlreadyKnown from fault
    uow.announce(PersonJoined(person_id=person.id, organization=person.organization))
    return person


async def deactivate_person(uow: UnitOfWork, person_id: UUID, *, version: int) -> Person:
    """Keep a person out from now on: every session ends, and the posts bring nothing."""
    person = await administered(uow, person_id)
    if person.id == people.own_id(uow.actor):
        raise NotOneself
    expect(version, person.version)
    if not person.active:
        raise PersonAlreadySo
    person.active = False
    await end_sessions(uow, person.id)
    uow.announce(PersonDeactivated(person_id=person.id, organization=person.organization))
    left = await posts.posts_of(uow.session, person.id)
    await keep_an_administrator(uow, left)
    await tell_vacant(uow, left)
    return person


async def reactivate_person(uow: UnitOfWork, person_id: UUID, *, version: int) -> Person:
    """Let a person who was barred log in again, with the posts they still hold."""
    person = await administered(uow, person_id)
    expect(version, person.version)
    if person.active:
        raise PersonAlreadySo
    person.active = True
    uow.announce(PersonReactivated(person_id=person.id, organization=person.organization))
    return person


async def administered(uow: UnitOfWork, person_id: UUID) -> Person:
    """Return a person the actor administers, locked, or refuse."""
    person = await people.locked(uow.session, person_id)
    if person is None:
        raise people.NoSuchPerson
    if not uow.actor.may(Permission.ADMINISTER, person.organization):
        if person.id != people.own_id(uow.actor):
            raise people.NoSuchPerson
        uow.actor.require(Permission.ADMINISTER, person.organization)
    return person
