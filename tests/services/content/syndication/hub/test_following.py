"""What W3C WebSub asks of a hub, from a request to the feed at the callback."""

import hmac
from datetime import timedelta
from hashlib import sha256

import feedparser
import pytest
from sqlalchemy import update

from services.content.registry.models import Site
from services.content.syndication.hub.figures import figures
from services.content.syndication.hub.intent import NO_FEED, NO_SECRET
from services.content.syndication.hub.models import Follower
from services.content.syndication.partners.retry import figures as of_messages
from shared.contracts.registry import SiteState
from shared.db import Sessions
from tests.factories.content import COUNTY_SITE, SITE, Group
from tests.services.content.syndication.hub.conftest import ADDRESS, TOPIC, Callback, Hub

SECRET = "a secret of the callback’s own"  # noqa: S105  # of the tests
DAY = timedelta(days=1)


async def test_a_feed_names_itself_and_its_hub(group: Group) -> None:
    column = await group.released()
    for path in (f"sites/{SITE}", f"columns/{column['column_id']}"):
        address = f"/v1/public/{path}/feed.atom"
        answer = await group.client.get(address)
        told = f'<{ADDRESS}/v1/public/hub>; rel="hub", <{ADDRESS}{address}>; rel="self"'
        assert answer.headers["Link"] == told
        links = {link.rel: link.href for link in feedparser.parse(answer.content).feed.links}
        assert links["hub"] == f"{ADDRESS}/v1/public/hub"
        assert links["self"] == f"{ADDRESS}{address}"
        known = {"If-None-Match": answer.headers["ETag"]}
        assert (await group.client.get(address, headers=known)).headers["Link"] == told
    rss = await group.client.get(f"/v1/public/sites/{SITE}/feed.rss")
    assert "Link" not in rss.headers


async def test_a_callback_that_agrees_is_handed_the_feed_whenever_it_changes(
    hub: Hub, callback: Callback
) -> None:
    await hub.ask(callback.url, secret=SECRET)
    (asked,) = callback.asked
    challenge = asked.pop("hub.challenge")
    assert len(challenge) > 40
    assert asked == {
        "of": "mine",
        "hub.mode": "subscribe",
        "hub.topic": TOPIC,
        "hub.lease_seconds": str(figures().lease_seconds),
    }
    assert callback.handed == []
    item = await hub.change()
    ((path, headers, body),) = callback.handed
    assert path == "/callback?of=mine"
    assert headers["content-type"] == "application/atom+xml"
    assert headers["link"] == f'<{ADDRESS}/v1/public/hub>; rel="hub", <{TOPIC}>; rel="self"'
    digest = hmac.new(SECRET.encode(), body, sha256).hexdigest()
    assert headers["x-hub-signature"] == f"sha256={digest}"
    assert [entry.id for entry in feedparser.parse(body).entries] == [f"urn:uuid:{item['id']}"]
    read = await hub.group.client.get(f"/v1/public/sites/{SITE}/feed.atom")
    assert read.content == body
    await hub.group.withdraw(item)
    await hub.hear()
    await hub.work()
    assert feedparser.parse(callback.handed[1][2]).entries == []


async def test_without_a_secret_nothing_is_signed(hub: Hub, callback: Callback) -> None:
    await hub.ask(callback.url)
    await hub.change()
    assert "x-hub-signature" not in callback.handed[0][1]


async def test_a_secret_is_told_by_neither_the_database_nor_the_trail(
    hub: Hub, callback: Callback
) -> None:
    await hub.ask(callback.url, secret=SECRET)
    (follower,) = await hub.followers()
    assert follower.secret is not None
    assert SECRET.encode() not in follower.secret


async def test_a_callback_that_did_not_mean_it_follows_nothing(
    hub: Hub, callback: Callback
) -> None:
    callback.agrees = False
    await hub.ask(callback.url)
    callback.agrees, callback.asks = True, 404
    await hub.ask(callback.url)
    callback.asks = 302
    await hub.ask(callback.url)
    assert (len(callback.asked), await hub.followers()) == (3, [])
    await hub.change()
    assert callback.handed == []


async def test_a_callback_that_is_silent_is_asked_again_and_then_no_more(
    hub: Hub, callback: Callback
) -> None:
    callback.asks = 503
    await hub.ask(callback.url)
    for _ in range(5):
        await hub.work(timedelta(hours=1))
    assert len(callback.asked) == figures().attempts
    assert len({asked["hub.challenge"] for asked in callback.asked}) == figures().attempts
    assert await hub.followers() == []


@pytest.mark.parametrize(
    ("asked", "given"),
    [("7200", "7200"), ("1", "shortest_lease_seconds"), ("2000000000", "longest_lease_seconds")],
)
async def test_a_lease_is_as_asked_within_bounds(
    hub: Hub, callback: Callback, asked: str, given: str
) -> None:
    await hub.ask(callback.url, lease_seconds=asked)
    seconds = int(given) if given.isdigit() else getattr(figures(), given)
    assert callback.asked[0]["hub.lease_seconds"] == str(seconds)
    (follower,) = await hub.followers()
    assert follower.follows_until == hub.watch() + timedelta(seconds=seconds)


async def test_when_the_lease_is_over_nothing_is_handed_on(hub: Hub, callback: Callback) -> None:
    await hub.ask(callback.url, lease_seconds="7200")
    hub.watch.turn(timedelta(hours=2))
    await hub.change()
    assert (callback.handed, await hub.followers()) == ([], [])
    assert [told["act"] for told in await hub.told()] == ["followed", "expired"]


async def test_a_lease_is_renewed_and_the_secret_with_it(hub: Hub, callback: Callback) -> None:
    await hub.ask(callback.url, lease_seconds="7200", secret=SECRET[::-1])
    hub.watch.turn(timedelta(hours=1))
    await hub.ask(callback.url, lease_seconds="7200", secret=SECRET)
    assert len(await hub.followers()) == 1
    hub.watch.turn(timedelta(hours=1, minutes=30))
    await hub.change()
    ((_, headers, body),) = callback.handed
    digest = hmac.new(SECRET.encode(), body, sha256).hexdigest()
    assert headers["x-hub-signature"] == f"sha256={digest}"


async def test_a_renewal_that_was_not_meant_changes_nothing(hub: Hub, callback: Callback) -> None:
    await hub.ask(callback.url, secret=SECRET)
    (before,) = await hub.followers()
    callback.agrees = False
    await hub.ask(callback.url, secret=SECRET[::-1], lease_seconds="3600")
    await hub.ask(callback.url, "unsubscribe")
    (after,) = await hub.followers()
    assert (after.secret, after.follows_until) == (before.secret, before.follows_until)


async def test_whoever_leaves_is_asked_and_then_handed_nothing(
    hub: Hub, callback: Callback
) -> None:
    await hub.ask(callback.url)
    await hub.ask(callback.url, "unsubscribe")
    asked = callback.asked[-1]
    assert (asked["hub.mode"], "hub.lease_seconds" in asked) == ("unsubscribe", False)
    assert await hub.followers() == []
    await hub.change()
    assert callback.handed == []


async def test_fields_that_nobody_knows_are_ignored(hub: Hub, callback: Callback) -> None:
    await hub.ask(callback.url, verify="sync", foo="bar")
    assert len(await hub.followers()) == 1


async def test_a_follower_is_handed_only_the_feed_it_follows(hub: Hub, callback: Callback) -> None:
    column = hub.group.columns["policies"]
    of_column = f"{ADDRESS}/v1/public/columns/{column}/feed.atom"
    of_county = f"{ADDRESS}/v1/public/sites/{COUNTY_SITE}/feed.atom"
    for number, topic in enumerate((of_column, of_county)):
        await hub.ask(f"{callback.url}&{number}", topic=topic)
    await hub.change(kind="news")
    assert callback.handed == []
    await hub.change()
    ((path, headers, _),) = callback.handed
    assert path.endswith(("&0=", "&0"))
    assert of_column in headers["link"]


async def test_many_changes_before_the_hub_comes_round_are_handed_on_once(
    hub: Hub, callback: Callback
) -> None:
    await hub.ask(callback.url)
    for _ in range(3):
        await hub.group.released()
    await hub.hear()
    await hub.work()
    assert len(callback.handed) == 1
    await hub.hear()  # heard again, and nothing is new
    await hub.work()
    assert len(callback.handed) == 1


async def test_a_callback_that_fails_is_tried_again_and_told_the_latest(
    hub: Hub, callback: Callback
) -> None:
    callback.statuses = [500, 503, 204]
    await hub.ask(callback.url)
    await hub.change()
    for _ in range(3):
        await hub.work(timedelta(hours=1))
    assert len(callback.handed) == 3
    (follower,) = await hub.followers()
    assert (follower.due_at, follower.failing_since, follower.attempts) == (None, None, 0)
    await hub.work(DAY)
    assert len(callback.handed) == 3


async def test_a_callback_that_is_gone_is_dropped_at_once(hub: Hub, callback: Callback) -> None:
    callback.statuses = [410]
    await hub.ask(callback.url)
    await hub.change()
    assert await hub.followers() == []


async def test_a_callback_that_fails_for_days_is_dropped(hub: Hub, callback: Callback) -> None:
    callback.statuses = [500]
    await hub.ask(callback.url, lease_seconds="2592000")
    await hub.change()
    for _ in range(6 * 24):
        await hub.work(timedelta(hours=1))
    assert of_messages().patience < timedelta(days=6)
    assert await hub.followers() == []
    assert len(callback.handed) < 15


async def test_a_follower_of_a_feed_that_is_no_more_is_told_why(
    hub: Hub, callback: Callback, real_sessions: Sessions
) -> None:
    await hub.ask(callback.url)
    await hub.group.released()
    await hub.hear()
    async with real_sessions.begin() as session:
        await session.execute(update(Site).values(state=SiteState.APPLIED))
    await hub.work()
    denied = callback.asked[-1]
    assert (denied["hub.mode"], denied["hub.topic"]) == ("denied", TOPIC)
    assert denied["hub.reason"] == NO_FEED
    assert (callback.handed, await hub.followers()) == ([], [])


async def test_a_follower_whose_secret_cannot_be_read_any_more_is_told_so(
    hub: Hub, callback: Callback, real_sessions: Sessions
) -> None:
    await hub.ask(callback.url, secret=SECRET)
    async with real_sessions.begin() as session:
        await session.execute(update(Follower).values(secret=bytes(64)))
    await hub.change()
    assert callback.asked[-1]["hub.reason"] == NO_SECRET
    assert (callback.handed, await hub.followers()) == ([], [])


async def test_a_host_is_handed_one_feed_at_a_time_and_holds_no_other_up(
    hub: Hub, callback: Callback
) -> None:
    for number in range(5):
        await hub.ask(f"{callback.url}&{number}")
    await hub.change()
    assert (len(callback.handed), callback.most_at_once) == (5, 1)
