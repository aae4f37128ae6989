"""What the hub refuses at once, and how little it can be made to call."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from services.content.syndication.hub.figures import figures
from services.content.syndication.hub.models import HubRequest
from shared.destination import Allowed
from shared.outbound import Outside
from tests.factories.content import SITE, Group
from tests.services.content.conftest import Unchanged
from tests.services.content.syndication.hub.conftest import ADDRESS, TOPIC, Callback, Hub
from tests.support.web import names

URL = "https://reader.example.org/callback"


def form(**fields: Any) -> dict[str, str]:
    asked = {"mode": "subscribe", "topic": TOPIC, "callback": URL} | fields
    return {f"hub.{name}": value for name, value in asked.items() if value is not None}


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("mode", None),
        ("mode", "publish"),
        ("topic", None),
        ("topic", "https://elsewhere.example.org/feed.atom"),
        ("topic", f"{ADDRESS}/v1/public/sites/{SITE}/feed.rss"),
        ("topic", f"{ADDRESS}/v1/public/sites/{SITE}/feed.atom?x=1"),
        ("topic", f"{ADDRESS}/v1/public/sites/3403009999/feed.atom"),
        ("topic", f"{ADDRESS}/v1/public/columns/{UUID(int=1)}/feed.atom"),
        ("topic", f"{ADDRESS}.evil.example/v1/public/sites/{SITE}/feed.atom"),
        ("topic", "x" * 501),
        ("callback", None),
        ("callback", "reader.example.org"),
        ("callback", "ftp://reader.example.org/"),
        ("callback", "https://user:secret@reader.example.org/"),
        ("callback", "https://reader.example.org/" + "x" * 1000),
        ("callback", "http://169.254.169.254/latest/meta-data/"),
        ("callback", "http://[::ffff:10.0.0.1]/"),
        ("callback", "http://192.168.1.1/"),
        ("lease_seconds", "0"),
        ("lease_seconds", "-1"),
        ("lease_seconds", "a day"),
        ("secret", "密" * 67),
    ],
)
async def test_what_leads_nowhere_is_refused_by_name_and_nothing_is_written(
    group: Group, unchanged: Unchanged, field: str, wrong: str | None
) -> None:
    async with unchanged():
        refused = await group.client.post("/v1/public/hub", data=form(**{field: wrong}))
    assert refused.status_code == 422, refused.text
    assert refused.json()["type"] == "/problems/invalid"
    pointers = {fault["pointer"] for fault in refused.json()["faults"]}
    assert pointers == {f"/hub.{field}"}


async def test_every_fault_is_named_at_once(group: Group) -> None:
    wrong = form(topic="https://elsewhere.example.org/", callback="http://10.0.0.1/")
    refused = await group.client.post("/v1/public/hub", data=wrong)
    codes = {fault["code"] for fault in refused.json()["faults"]}
    assert codes == {"unknown_feed", "forbidden_destination"}


async def test_what_is_no_form_is_refused(group: Group, unchanged: Unchanged) -> None:
    async with unchanged():
        for sent in (
            {"json": form()},
            {"content": b"hub.mode=subscribe", "headers": {"Content-Type": "text/plain"}},
            {"data": {}},
        ):
            refused = await group.client.post("/v1/public/hub", **sent)
            assert 400 <= refused.status_code < 500, refused.text
        huge = await group.client.post("/v1/public/hub", data=form(secret="x" * 20_000_000))
    assert huge.status_code == 413


async def test_what_was_asked_twice_waits_once(hub: Hub, callback: Callback) -> None:
    for _ in range(5):
        assert (await hub.send(callback.url)).status_code == 202
    await hub.work()
    assert len(callback.asked) == 1
    assert len(await hub.followers()) == 1


async def test_a_host_is_asked_no_more_than_so_much(hub: Hub, callback: Callback) -> None:
    most = figures().waiting_per_host
    sent = await asyncio.gather(*(hub.send(f"{callback.url}&{one}") for one in range(most + 5)))
    statuses = sorted(answer.status_code for answer in sent)
    assert statuses == [202] * most + [429] * 5
    refused = next(answer for answer in sent if answer.status_code == 429)
    assert refused.json()["type"] == "/problems/hub-overrun"
    assert refused.headers["Retry-After"] == "60"
    assert (await hub.send("https://other.example.org/")).status_code == 202
    await hub.work()
    assert len(callback.asked) == most
    assert (await hub.send(f"{callback.url}&again")).status_code == 202


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "::1"])
async def test_a_name_that_leads_inside_is_never_asked(
    hub: Hub, callback: Callback, address: str
) -> None:
    hub.outside = Outside(Allowed(), names(reader_example_org=address))
    await hub.ask("http://reader.example.org/callback")
    assert (callback.asked, await hub.followers()) == ([], [])


async def test_a_host_that_nobody_knows_waits_no_longer(hub: Hub) -> None:
    hub.outside = Outside(Allowed(), names())
    await hub.ask("http://reader.example.org/callback")
    async with hub.sessions() as session:
        assert (await session.scalars(select(HubRequest))).all() == []


async def test_a_callback_that_moves_inside_is_handed_nothing(
    hub: Hub, callback: Callback
) -> None:
    await hub.ask(callback.url)
    hub.outside = Outside(Allowed())
    await hub.change()
    assert callback.handed == []
    (follower,) = await hub.followers()
    assert follower.failing_since is not None
