"""HTTP of programs and their keys."""

import secrets
from uuid import UUID

from fastapi import APIRouter, Response

from services.content.staff.commands import keys as commands
from services.content.staff.queries import clients as queries
from services.content.staff.router.authorities import BeginAtPresent
from shared.contracts.admitting import ClientView, NewClient, NewKey
from shared.contracts.page import Page
from shared.contracts.staff import Client, ClientKey, IssuedKey
from shared.requests import Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1/clients", tags=["staff"])


@router.post("", status_code=201, response_model=ClientView)
async def admit_client(new: NewClient, begin: BeginAtPresent) -> Response:
    """Let a program act, with a first key whose secret is shown this once."""
    async with begin() as uow:
        chance = secrets.token_hex(24)
        client, key, secret = await commands.admit_client(uow, new, chance=chance)
        shown = ClientView(
            id=client.id,
            name=client.name,
            kind=client.kind,
            organization=client.organization,
            key_id=key.id,
            secret=secret,
        )
        return await uow.answer(ClientView, shown, 201, once={"secret"})


@router.get("")
async def list_clients(actor: Somebody, session: Reading, page: WhichPage) -> Page[Client]:
    """Return the programs of the organizations the bearer administers, newest first."""
    return await queries.clients(session, actor, page)


@router.delete("/{client_id}", response_model=Client)
async def revoke_client(client_id: UUID, begin: BeginAtPresent) -> Response:
    """Let a program get no token any more; access tokens live on up to 15 minutes."""
    async with begin() as uow:
        return await uow.answer(Client, await commands.revoke_client(uow, client_id))


@router.post("/{client_id}/keys", status_code=201, response_model=IssuedKey)
async def issue_key(client_id: UUID, new: NewKey, begin: BeginAtPresent) -> Response:
    """Give a program a further key; the secret is shown this once."""
    async with begin() as uow:
        chance = secrets.token_hex(24)
        key, secret = await commands.issue_key(uow, client_id, new, chance=chance)
        view = ClientKey.model_validate(key, from_attributes=True)
        shown = IssuedKey(**view.model_dump(), secret=secret)
        return await uow.answer(IssuedKey, shown, 201, once={"secret"})


@router.get("/{client_id}/keys")
async def list_keys(
    client_id: UUID, actor: Somebody, session: Reading, page: WhichPage
) -> Page[ClientKey]:
    """Return a program's keys, without their secrets, newest first."""
    client = await queries.client(session, actor, client_id)
    return await queries.keys(session, client.id, page)


@router.delete("/{client_id}/keys/{key_id}", response_model=ClientKey)
async def revoke_key(client_id: UUID, key_id: UUID, begin: BeginAtPresent) -> Response:
    """Let one key get no token any more; access tokens live on up to 15 minutes."""
    async with begin() as uow:
        return await uow.answer(ClientKey, await commands.revoke_key(uow, client_id, key_id))
