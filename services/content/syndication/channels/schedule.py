"""When posts are sent to platforms, looked for and deleted."""

import asyncio
import random
from collections.abc import Sequence
from datetime import datetime

from services.content.syndication.channels.account import Account, Asked, Cover, Outcome, Token
from services.content.syndication.channels.adapters import stepping
from services.content.syndication.channels.commands import posting
from services.content.syndication.channels.commands.posting import Leased
from services.content.syndication.channels.models import Channel
from services.content.syndication.channels.platform import Means, Told, platform
from services.content.syndication.channels.queries.saying import CoverPlace
from services.content.syndication.channels.sealing import SECRET, TOKEN, ChannelKey
from services.content.syndication.partners.retry import Reply
from shared.auth import system
from shared.files.adapters.storage import Files
from shared.outbound import Outside
from shared.schedule import Task
from shared.uow import BeginAs

CLOCK = system("syndication")
CHANNELS = 20
UNSEALED = Told(Means.BLOCKED, "secret_unreadable", "密钥无法读取，请重新设置")


def tasks(begin: BeginAs, key: ChannelKey, outside: Outside, files: Files) -> Sequence[Task]:
    """Return the clock that posts; channels do not wait for each other's platforms."""

    async def step(leased: Leased, now: datetime) -> None:
        outcome = await _taken(leased, now)
        async with begin(CLOCK, f"channel-post:{leased.post.id}") as uow:
            chance = random.random()  # noqa: S311  # spreads retries, protects nothing
            await posting.record(uow, leased, outcome, now, key, chance=chance)

    async def _taken(leased: Leased, now: datetime) -> Outcome:
        account = _opened(leased.channel, key, now)
        if account is None:
            return Outcome(UNSEALED, Reply(None))
        cover = await _brought(files, leased) if leased.cover else None
        asked = Asked(
            leased.step,
            account,
            now,
            leased.saying,
            cover,
            leased.found,
            leased.post.said or "",
            leased.known,
        )
        return await stepping.take(leased.channel.kind, outside, asked)

    async def post(now: datetime) -> int:
        leased = await posting.take(begin, CLOCK, now, most=CHANNELS)
        await asyncio.gather(*(step(one, now) for one in leased))
        return len(leased)

    return [Task("post-to-channels", post)]


def _opened(channel: Channel, key: ChannelKey, now: datetime) -> Account | None:
    secret = key.open(channel.id, SECRET, channel.sealed_secret)
    if secret is None:
        return None
    text = key.open(channel.id, TOKEN, channel.sealed_token)
    good = text and channel.token_until is not None and channel.token_until > now
    token = Token(text, channel.token_until) if text and channel.token_until and good else None
    address = channel.address or platform(channel.kind).address
    return Account(address, channel.app_id, secret, channel.sender_ip or "", token)


async def _brought(files: Files, leased: Leased) -> Cover | None:
    """Return a cover's bytes, unless the platform has it or it is larger than it takes."""
    lies: CoverPlace | None = leased.cover
    if lies is None:
        return None
    media = leased.post.cover_media or lies.media
    if media is not None:
        return Cover(media=media)
    data, most = bytearray(), platform(leased.channel.kind).cover_bytes
    async for block in files.read(lies.place):
        data += block
        if len(data) > most:
            return None
    return Cover(bytes(data), lies.name, lies.mime)
