"""Everything that changes who may act."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from services.content.registry import queries as organizations
from services.content.registry.commands import organizing as registry
from services.content.staff import queries
from services.content.staff.authority import PostKind, grants
from services.content.staff.credentials import (
    MOST_FAILURES,
    REFRESHABLE,
    TooManyFailures,
    WrongCredentials,
    digest,
    hash_password,
    password_fits,
    secret,
    secret_fits,
)
from services.content.staff.models import Client, FailedLogin, Person, Post, RefreshToken
from services.content.staff.schemas import Founding, NewClient, NewPerson, NewPost
from shared.auth import Actor, Permission
from shared.contracts.staff import ClientAdmitted, PersonJoined, PostFilled
from shared.ids import new_id
from shared.problem import Conflict
from shared.uow import UnitOfWork


class AlreadyKnown(Conflict):
    """Another person has this login, or this person already holds this post."""

    advice = "账号已存在，或该人员已任此岗位。"


@dataclass(frozen=True)
class Login:
    """Someone who has proved who they are; the refresh token is shown once."""

    actor: Actor
    refresh_token: str | None


async def found_group(uow: UnitOfWork, founding: Founding) -> Person:
    """Register the first organization and the administrator who admits everyone else."""
    root = await registry.found_group(uow, founding.code, founding.name, founding.level)
    person = await _join(uow, founding.login, founding.administrator, root.path, founding.password)
    await _fill(uow, person, PostKind.ADMINISTRATOR, root.path)
    return person


async def admit_person(uow: UnitOfWork, new: NewPerson) -> Person:
    """Let a person join an organization."""
    organization = await organizations.organization(uow.session, new.organization)
    uow.actor.require(Permission.ADMINISTER, organization.path)
    return await _join(uow, new.login, new.name, organization.path, new.password)


async def _join(uow: UnitOfWork, login: str, name: str, path: str, password: str) -> Person:
    person = Person(
        login=login, name=name, organization=path, password_hash=hash_password(password)
    )
    uow.session.add(person)
    await _write(uow)
    uow.announce(PersonJoined(person_id=person.id, organization=path))
    return person


async def fill_post(uow: UnitOfWork, new: NewPost) -> Post:
    """Put a person in a post at an organization."""
    organization = await organizations.organization(uow.session, new.organization)
    uow.actor.require(Permission.ADMINISTER, organization.path)
    person = await queries.person(uow.session, new.login)
    return await _fill(uow, person, new.kind, organization.path)


async def _fill(uow: UnitOfWork, person: Person, kind: PostKind, path: str) -> Post:
    post = Post(person_id=person.id, kind=kind, organization=path)
    uow.session.add(post)
    await _write(uow)
    uow.announce(
        PostFilled(post_id=post.id, person_id=person.id, kind=kind.value, organization=path)
    )
    return post


async def admit_client(uow: UnitOfWork, new: NewClient, *, chance: str) -> tuple[Client, str]:
    """Give a program credentials; return them with the secret, which nobody can show again."""
    organization = await organizations.organization(uow.session, new.organization)
    uow.actor.require(Permission.ADMINISTER, organization.path)
    shown = secret(chance)
    client = Client(
        name=new.name, kind=new.kind, organization=organization.path, secret_digest=digest(shown)
    )
    uow.session.add(client)
    await _write(uow)
    uow.announce(ClientAdmitted(client_id=client.id, organization=organization.path))
    return client, shown


async def log_in(uow: UnitOfWork, login: str, password: str, *, chance: str) -> Login | None:
    """Return the login if the password fits; a failure is recorded and returns nothing.

    It returns rather than raises, so that the record of the failure is committed.
    """
    if await queries.failures(uow.session, login, uow.now) >= MOST_FAILURES:
        raise TooManyFailures
    person = await queries.person_called(uow.session, login)
    if not password_fits(password, person.password_hash if person else None) or person is None:
        uow.session.add(FailedLogin(login=login, failed_at=uow.now))
        return None
    return await _logged_in(uow, person, new_id(), chance)


async def refresh(uow: UnitOfWork, token: str, *, chance: str) -> Login | None:
    """Exchange a refresh token for a new one; one used twice revokes all that came from it."""
    known = await queries.refresh_token(uow.session, digest(token))
    if known is None or known.expires_at <= uow.now or known.revoked_at is not None:
        return None
    if known.used_at is not None:
        family = update(RefreshToken).where(RefreshToken.family == known.family)
        await uow.session.execute(family.values(revoked_at=uow.now))
        return None
    known.used_at = uow.now
    person = await uow.session.get(Person, known.person_id)
    if person is None or not person.active:
        return None
    return await _logged_in(uow, person, known.family, chance)


async def _logged_in(uow: UnitOfWork, person: Person, family: UUID, chance: str) -> Login:
    token = secret(chance)
    uow.session.add(
        RefreshToken(
            digest=digest(token),
            family=family,
            person_id=person.id,
            expires_at=uow.now + REFRESHABLE,
        )
    )
    held = grants(await queries.posts_of(uow.session, person.id))
    return Login(Actor(f"person:{person.id}", person.organization, held), token)


async def log_in_client(uow: UnitOfWork, client_id: str, given: str) -> Login:
    """Return the login of a program whose secret fits, or refuse."""
    client = await queries.client(uow.session, client_id)
    if client is None or not secret_fits(given, client.secret_digest):
        raise WrongCredentials
    held = grants([(client.kind, client.organization)])
    return Login(Actor(f"client:{client.id}", client.organization, held), None)


async def _write(uow: UnitOfWork) -> None:
    try:
        await uow.session.flush()
    except IntegrityError as fault:
        raise AlreadyKnown from fault
