"""When callbacks are asked whether they meant it, and when feeds are handed on."""

import random
import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from cryptography.exceptions import InvalidTag

from services.content.delivery.feed import MEDIA_TYPES, Form, links
from services.content.syndication.hub import adapters, queries
from services.content.syndication.hub.commands import asking, distributing
from services.content.syndication.hub.commands.distributing import Handed
from services.content.syndication.hub.figures import figures
from services.content.syndication.hub.intent import (
    NO_FEED,
    NO_SECRET,
    Intent,
    denial,
    intent,
    question,
)
from services.content.syndication.hub.models import Follower, HubRequest
from services.content.syndication.hub.signature import opened, signed
from services.content.syndication.partners.adapters import post
from services.content.syndication.partners.schedule import MOST_UNDER_WAY, SOON
from shared.auth import system
from shared.contracts.hub import FollowerAct
from shared.db import Sessions
from shared.outbound import Outside
from shared.schedule import Task, claim, filled
from shared.uow import BeginAs

CLOCK = system("syndication")


def tasks(
    sessions: Sessions, begin: BeginAs, key: str, outside: Outside, *, soon: float = SOON
) -> Sequence[Task]:
    """Return the clocks of the hub; the key opens what callbacks chose as their secrets."""
    return [
        _asking(sessions, begin, outside, soon),
        _handing_on(sessions, begin, key, outside, soon),
    ]


def _asking(sessions: Sessions, begin: BeginAs, outside: Outside, soon: float) -> Task:
    async def take(now: datetime, most: int) -> Sequence[HubRequest]:
        return await claim(sessions, HubRequest, now, most=most)

    async def ask(asked: HubRequest, _: datetime) -> None:
        async with sessions() as session:
            there = await queries.is_public(session, asked.feed)
        found = await (_intent if there else _denied)(asked, outside)
        async with begin(CLOCK, f"hub-request:{asked.id}") as uow:
            await asking.settle(uow, asked, found, _chance())

    return Task("ask-callbacks", filled(take, ask, most=MOST_UNDER_WAY, soon=soon))


def _handing_on(
    sessions: Sessions, begin: BeginAs, key: str, outside: Outside, soon: float
) -> Task:
    async def take(now: datetime, most: int) -> Sequence[Follower]:
        async with sessions.begin() as session:
            return await queries.take(session, now, most)

    async def hand_on(follower: Follower, now: datetime) -> None:
        if follower.follows_until <= now:
            await end(follower, FollowerAct.EXPIRED)
            return
        async with sessions() as session:
            body = await queries.feed(session, follower.feed)
        if body is None:
            await deny(follower, NO_FEED)
            return
        try:
            handed = await _handed(follower, body, key, outside)
        except InvalidTag:  # sealed under another key than ours
            await deny(follower, NO_SECRET)
            return
        async with begin(CLOCK, f"follower:{follower.id}") as uow:
            await distributing.settle(uow, follower, handed, _chance())

    async def deny(follower: Follower, reason: str) -> None:
        await adapters.ask(denial(follower.callback, follower.topic, reason), outside)
        await end(follower, FollowerAct.DENIED)

    async def end(follower: Follower, act: FollowerAct) -> None:
        async with begin(CLOCK, f"follower:{follower.id}") as uow:
            await distributing.end(uow, follower, act)

    return Task("hand-feeds-on", filled(take, hand_on, most=MOST_UNDER_WAY, soon=soon))


async def _intent(asked: HubRequest, outside: Outside) -> Intent:
    challenge = secrets.token_urlsafe(figures().challenge_bytes)
    at = question(asked.callback, asked.mode, asked.topic, challenge, asked.lease_seconds)
    return intent(await adapters.ask(at, outside), challenge)


async def _denied(asked: HubRequest, outside: Outside) -> Intent:
    await adapters.ask(denial(asked.callback, asked.topic, NO_FEED), outside)
    return Intent.NOT_MEANT


async def _handed(follower: Follower, body: bytes, key: str, outside: Outside) -> Handed:
    """Send a feed whole, unless the follower holds what it says."""
    digest = sha256(body).hexdigest()
    if digest == follower.received:
        return Handed(digest, None)
    secret = opened(key, follower.secret, follower.callback)
    headers = {"Content-Type": MEDIA_TYPES[Form.ATOM], "Link": links(follower.topic)}
    reply = await post(follower.callback, body, headers | signed(secret, body), outside)
    return Handed(digest, reply)


def _chance() -> float:
    return random.random()  # noqa: S311  # spreads retries, protects nothing
