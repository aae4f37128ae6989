"""HTTP of people: the group's founding, who belongs to it, and how they prove who they are."""

import asyncio
import hmac
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Response

from services.content.registry import queries as registry
from services.content.staff.commands import admitting, identifying
from services.content.staff.queries import people as queries
from services.content.staff.queries import posts
from services.content.staff.router.authorities import (
    Authorities,
    BeginAtPresent,
    FromPlace,
    WithAuthorities,
)
from services.content.staff.schemas import Founding
from shared.contracts.admitting import Identity, NewPassword, NewPerson, OwnPassword
from shared.contracts.page import Page
from shared.contracts.staff import ActingFor, Grant, PersonView, Viewer
from shared.contracts.text import OrganizationCode
from shared.problem import Forbidden
from shared.requests import (
    BeginAsAnyone,
    IfMatch,
    InHouse,
    Reading,
    Somebody,
    WhichPage,
)

router = APIRouter(prefix="/v1", tags=["staff"])


class WrongFoundingSecret(Forbidden):
    """Only whoever installed the system may found the group."""

    advice = "建立网站群的口令不正确。"


async def _hashed(password: str, holds: Authorities) -> str:
    """Hash a password beside the loop, which answers others meanwhile."""
    return await asyncio.to_thread(holds.passwords.hashed, password)


@router.post("/group", status_code=201, response_model=PersonView)
async def found_group(
    founding: Founding,
    x_founding_secret: Annotated[str, Header(max_length=200)],
    holds: WithAuthorities,
    begin: BeginAsAnyone,
) -> Response:
    """Register the first organization and the administrator who admits everyone else; once."""
    if not hmac.compare_digest(x_founding_secret.encode(), holds.founding_secret.encode()):
        raise WrongFoundingSecret
    hashed = await _hashed(founding.password, holds)
    async with begin() as uow:
        person = await admitting.found_group(uow, founding, hashed)
        return await uow.answer(PersonView, person, 201)


@router.post("/people", status_code=201, response_model=PersonView)
async def admit_person(new: NewPerson, holds: WithAuthorities, begin: BeginAtPresent) -> Response:
    """Let a person join an organization."""
    hashed = await _hashed(new.password, holds)
    async with begin() as uow:
        person = await admitting.admit_person(uow, new, hashed)
        return await uow.answer(PersonView, person, 201)


@router.get("/people")
async def list_people(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    organization: OrganizationCode | None = None,
    active: bool | None = None,  # noqa: FBT001  # a filter of the address
) -> Page[PersonView]:
    """Return the bearer and the people whose organizations they administer, newest first."""
    path = await registry.path_of(session, organization)
    return await queries.people(session, actor, path, page, active=active)


@router.get("/people/{person_id}", response_model=PersonView)
async def read_person(
    person_id: UUID, actor: Somebody, session: Reading, response: Response
) -> object:
    """Return one person to themself and to their administrators."""
    person = await queries.person(session, actor, person_id)
    response.headers["ETag"] = f'"{person.version}"'
    return person


@router.post("/people/{person_id}/deactivation", response_model=PersonView)
async def deactivate_person(person_id: UUID, if_match: IfMatch, begin: BeginAtPresent) -> Response:
    """Keep a person out: sessions end at once, access tokens live on up to 15 minutes."""
    async with begin() as uow:
        person = await admitting.deactivate_person(uow, person_id, version=if_match)
        return await uow.answer(PersonView, person)


@router.post("/people/{person_id}/reactivation", response_model=PersonView)
async def reactivate_person(person_id: UUID, if_match: IfMatch, begin: BeginAtPresent) -> Response:
    """Let a person who was barred log in again, with the posts they still hold."""
    async with begin() as uow:
        person = await admitting.reactivate_person(uow, person_id, version=if_match)
        return await uow.answer(PersonView, person)


@router.put("/people/{person_id}/password", response_model=PersonView)
async def reset_password(
    person_id: UUID,
    new: NewPassword,
    if_match: IfMatch,
    holds: WithAuthorities,
    begin: BeginAtPresent,
) -> Response:
    """Set a password for somebody who lost theirs; every session of theirs ends."""
    hashed = await _hashed(new.password, holds)
    async with begin() as uow:
        person = await identifying.reset_password(uow, person_id, hashed, version=if_match)
        return await uow.answer(PersonView, person)


@router.put("/people/{person_id}/identity", response_model=PersonView)
async def link_identity(
    person_id: UUID,
    identity: Identity,
    if_match: IfMatch,
    holds: WithAuthorities,
    begin: BeginAtPresent,
) -> Response:
    """Let a person log in as whom a trusted issuer knows them."""
    async with begin() as uow:
        person = await identifying.link_identity(
            uow, person_id, identity, holds.outside.keys(), version=if_match
        )
        return await uow.answer(PersonView, person)


@router.delete("/people/{person_id}/identity", response_model=PersonView)
async def unlink_identity(person_id: UUID, if_match: IfMatch, begin: BeginAtPresent) -> Response:
    """Let a person no longer log in through an outside issuer."""
    async with begin() as uow:
        person = await identifying.unlink_identity(uow, person_id, version=if_match)
        return await uow.answer(PersonView, person)


@router.get("/viewer")
async def read_viewer(actor: Somebody, session: Reading, house: InHouse) -> Viewer:
    """Return who the bearer of the token is, what they may do, and for whom they act."""
    lent = await posts.lent_to(session, queries.own_id(actor), house.clock())
    held = [
        Grant(permission=permission, organizations=list(paths))
        for permission, paths in actor.grants.items()
    ]
    return Viewer(
        id=actor.id,
        organization=actor.organization,
        grants=held,
        acting_for=[
            ActingFor(post=post.kind, organization=post.organization, until=post.until)
            for post in lent
            if post.until is not None
        ],
        sites=None if actor.sites is None else sorted(actor.sites),
        columns=None if actor.columns is None else sorted(actor.columns),
    )


@router.put("/viewer/password", response_model=PersonView)
async def change_password(
    new: OwnPassword, place: FromPlace, holds: WithAuthorities, begin: BeginAtPresent
) -> Response:
    """Replace one's own password; every other session of one's own ends."""
    async with begin() as uow:
        attempt = await identifying.weigh_own(uow, place.address)
    if not await asyncio.to_thread(holds.passwords.fit, new.old, attempt.password_hash):
        raise identifying.WrongOldPassword
    hashed = await _hashed(new.new, holds)
    async with begin() as uow:
        person = await identifying.change_password(uow, attempt, hashed)
        return await uow.answer(PersonView, person)
