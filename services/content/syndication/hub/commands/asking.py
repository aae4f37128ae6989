"""Asking the hub for a feed, and taking the callback's word that it meant it."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from services.content.syndication.hub import queries
from services.content.syndication.hub.figures import figures
from services.content.syndication.hub.intent import Intent, lease
from services.content.syndication.hub.models import Follower, HubRequest
from services.content.syndication.hub.schemas import HubForm
from services.content.syndication.hub.signature import sealed
from services.content.syndication.hub.topic import Topic, topic_at
from services.content.syndication.partners.address import faults_of
from services.content.syndication.partners.retry import pause
from shared.contracts.hub import FollowerAct, FollowerChanged, HubMode
from shared.destination import Allowed
from shared.ids import new_id
from shared.problem import Fault, Invalid, TooManyRequests
from shared.uow import UnitOfWork

ASKING = 3_202_026
"""The lock under which requests are counted."""


class HubOverrun(TooManyRequests):
    """The callbacks of this host ask for too much, or too many callbacks wait to be asked."""

    headers = {"Retry-After": "60"}
    advice = "该主机或本服务待确认的订阅过多，请稍后再试。"


class Terms(NamedTuple):
    """By what the hub judges: its own address, whom it may call, and the key of its seals."""

    public_address: str
    allowed: Allowed
    key: str


async def ask(uow: UnitOfWork, asked: HubForm, terms: Terms, nonce: bytes) -> None:
    """Keep what was asked in a callback's name, until the callback says whether it meant it."""
    topic = await _check(uow, asked, terms)
    callback, host = str(asked.callback).partition("#")[0], asked.callback.host or ""
    await _check_room(uow, host)
    told = {
        "mode": asked.mode,
        "lease_seconds": lease(asked.lease_seconds),
        "secret": sealed(terms.key, asked.secret, callback, nonce),
        # Another one than before: whoever asks for that now finds that something else was asked.
        "id": new_id(),
        "due_at": uow.now,
        "leased_until": None,
        "attempts": 0,
    }
    named = {"callback": callback, "host": host}
    new = insert(HubRequest).values(**topic._asdict(), **named, **told)
    await uow.session.execute(
        new.on_conflict_do_update(index_elements=["topic", "callback"], set_=told)
    )


async def settle(uow: UnitOfWork, asked: HubRequest, found: Intent, chance: float) -> None:
    """Do what a callback meant; what it did not mean, or does not answer for, changes nothing."""
    kept = await queries.request_locked(uow.session, asked.id)
    if kept is None:
        return
    if found is Intent.SILENT and kept.attempts < figures().attempts:
        kept.leased_until, kept.due_at = None, uow.now + pause(kept.attempts, chance)
        return
    await uow.session.delete(kept)
    if found is not Intent.MEANT:
        return
    follower = await queries.follower(uow.session, kept.topic, kept.callback)
    if kept.mode is HubMode.SUBSCRIBE:
        _follow(uow, kept, follower)
    elif follower is not None:
        await drop(uow, follower, FollowerAct.LEFT)


async def drop(uow: UnitOfWork, follower: Follower, act: FollowerAct) -> None:
    """Hand a callback nothing more."""
    note(uow, follower, act)
    await uow.session.delete(follower)


def note(uow: UnitOfWork, follower: Follower, act: FollowerAct) -> None:
    """Announce what became of a follower."""
    uow.announce(
        FollowerChanged(follower_id=follower.id, topic=follower.topic, host=follower.host, act=act)
    )


def _follow(uow: UnitOfWork, kept: HubRequest, known: Follower | None) -> None:
    follower = known or Follower(
        id=new_id(),
        **kept.feed._asdict(),
        callback=kept.callback,
        host=kept.host,
    )
    follower.secret = kept.secret
    follower.follows_until = uow.now + timedelta(seconds=kept.lease_seconds)
    follower.failing_since = None
    uow.session.add(follower)
    note(uow, follower, FollowerAct.RENEWED if known else FollowerAct.FOLLOWED)


async def _check(uow: UnitOfWork, asked: HubForm, terms: Terms) -> Topic:
    topic = topic_at(asked.topic, terms.public_address)
    faults = [*faults_of("/hub.callback", asked.callback, terms.allowed)]
    if topic is None or not await queries.is_public(uow.session, topic):
        faults.append(Fault("/hub.topic", "unknown_feed", "不是本站公开的 Atom 订阅源地址。"))
    if topic is None or faults:
        raise Invalid(faults)
    return topic


async def _check_room(uow: UnitOfWork, host: str) -> None:
    await uow.session.execute(select(func.pg_advisory_xact_lock(ASKING)))
    of_host, of_all = await queries.waiting(uow.session, host)
    told = figures()
    full = of_host >= told.waiting_per_host or of_all >= told.waiting
    if full or await queries.followed(uow.session, host, uow.now) >= told.feeds_per_host:
        raise HubOverrun
