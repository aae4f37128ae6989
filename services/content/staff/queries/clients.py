"""Questions about programs and their keys."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import String, cast, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.content.staff.models import Client, ClientKey
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import staff as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

CLIENTS = Listing("clients", contracts.Client, [(Client.id, UUID)])
KEYS = Listing("client-keys", contracts.ClientKey, [(ClientKey.id, UUID)])


class NoSuchClient(NotFound):
    """There is no such program, or none that you may see."""

    advice = "没有这个应用账号。"


async def client(session: AsyncSession, actor: Actor, client_id: UUID) -> Client:
    """Return a program the actor administers, or refuse as if there were none."""
    question = select(Client).where(
        Client.id == client_id, reached(actor, Permission.ADMINISTER, Client.organization)
    )
    found = await session.scalar(question)
    if found is None:
        raise NoSuchClient
    return found


async def clients(session: AsyncSession, actor: Actor, asked: Asked) -> Page[contracts.Client]:
    """Return one page of the programs an actor administers, newest first."""
    question = select(Client).where(reached(actor, Permission.ADMINISTER, Client.organization))
    return await CLIENTS.turn(session, question, asked)


async def keys(session: AsyncSession, client_id: UUID, asked: Asked) -> Page[contracts.ClientKey]:
    """Return one page of a program's keys, newest first."""
    question = select(ClientKey).where(ClientKey.client_id == client_id)
    return await KEYS.turn(session, question, asked)


async def key(session: AsyncSession, client_id: UUID, key_id: UUID) -> ClientKey:
    """Return one of a program's keys, locked until the transaction ends, or refuse."""
    question = select(ClientKey).where(ClientKey.client_id == client_id, ClientKey.id == key_id)
    found = await session.scalar(question.with_for_update())
    if found is None:
        raise NotFound("没有这把密钥。")
    return found


async def key_fitting(
    session: AsyncSession, client_id: UUID, digest: bytes, now: datetime
) -> ClientKey | None:
    """Return the program's key with this digest, if it and the program may still act."""
    question = (
        select(ClientKey)
        .join(ClientKey.client)
        .options(joinedload(ClientKey.client, innerjoin=True))
        .where(
            Client.id == client_id,
            Client.revoked_at.is_(None),
            ClientKey.digest == digest,
            ClientKey.revoked_at.is_(None),
            ClientKey.expires_at > now,
        )
    )
    return await session.scalar(question)


async def is_shut_out(session: AsyncSession, actor_id: str, now: datetime) -> bool:
    """Say whether this is a program that gets no token any more: revoked, or without a key."""
    holds = exists().where(
        ClientKey.client_id == Client.id,
        ClientKey.revoked_at.is_(None),
        ClientKey.expires_at > now,
    )
    named = func.concat("client:", cast(Client.id, String)) == actor_id
    question = exists().where(named, or_(Client.revoked_at.is_not(None), ~holds))
    return bool(await session.scalar(select(question)))
