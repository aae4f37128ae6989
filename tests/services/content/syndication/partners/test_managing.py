import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook

from shared.auth import Permission
from shared.db import Sessions
from shared.schedule import Task
from tests.factories.content import COUNTY_OFFICE, COUNTY_SITE, EDITOR, PARTNER, SITE, Group
from tests.services.content.conftest import Announced, Hear, Unchanged, Watch
from tests.services.content.syndication.partners.conftest import Subscriber, due, receipts
from tests.support.people import NOW, person

OTHER = person(Permission.SUBSCRIBE, at=COUNTY_OFFICE, name="other-partner")
URL = "https://partner.example.org/hook"
RELEASED, WITHDRAWN = "content.item.released", "content.item.withdrawn"


async def act(group: Group, opened: Any, end: str, body: Any = None) -> Any:
    path = f"/v1/subscriptions/{opened['id']}"
    shown = (await group.send(PARTNER, "GET", path)).json()
    done = await group.send(PARTNER, "POST", path + end, body, version=shown["version"])
    assert done.status_code in {200, 202}, done.text
    return done.json()


async def opened(group: Group, **wanted: Any) -> Any:
    done = await group.send(PARTNER, "POST", "/v1/subscriptions", {"url": URL, **wanted})
    assert done.status_code == 201, done.text
    return done.json()


def kinds(subscriber: Subscriber) -> list[str]:
    return [json.loads(body)["type"] for body in subscriber.bodies]


async def test_a_partner_lists_its_own_subscriptions_page_by_page(group: Group) -> None:
    made = [(await opened(group))["id"] for _ in range(3)]
    first = (await group.send(PARTNER, "GET", "/v1/subscriptions?first=2")).json()
    rest = await group.send(PARTNER, "GET", f"/v1/subscriptions?first=2&after={first['next']}")
    listed = [each["id"] for each in first["items"] + rest.json()["items"]]
    assert listed == made[::-1]
    assert "secret" not in first["items"][0]
    assert (await group.send(OTHER, "GET", "/v1/subscriptions")).json()["items"] == []


async def test_a_subscription_is_changed_in_the_version_that_was_read(
    group: Group, announced: Announced, unchanged: Unchanged
) -> None:
    subscription = await opened(group)
    path = f"/v1/subscriptions/{subscription['id']}"
    new = {"url": f"{URL}/2", "kinds": ["policy"], "payload": "full", "levels": ["city"]}
    done = await group.send(PARTNER, "PUT", path, new, version=1)
    assert (done.status_code, done.headers["ETag"]) == (200, '"2"')
    shown = (await group.send(PARTNER, "GET", path)).json()
    assert {name: shown[name] for name in new} == new
    assert (await announced())[-2:] == ["content.subscription.changed"] * 2
    async with unchanged():
        assert (await group.send(PARTNER, "PUT", path, new, version=1)).status_code == 412
        assert (await group.send(OTHER, "PUT", path, new, version=2)).status_code == 404
        for end in ("/pause", "/resumption", "/secret"):
            body = {} if end == "/secret" else None
            stale = await group.send(PARTNER, "POST", path + end, body, version=1)
            assert stale.status_code == 412
        assert (await group.send(PARTNER, "DELETE", path, version=1)).status_code == 412


@pytest.mark.parametrize(
    ("wrong", "pointers"),
    [
        ({"kinds": ["poem"]}, {"/kinds/0"}),
        ({"levels": ["moon"]}, {"/levels/0"}),
        ({"subjects": ["综合政务", "诗歌"]}, {"/subjects/1"}),
        ({"regions": ["340300", "110000"]}, {"/regions/1"}),
        ({"regions": ["3403"]}, {"/regions/0"}),
        ({"payload": "huge"}, {"/payload"}),
        ({"subjects": ["诗歌"], "regions": ["110000"]}, {"/subjects/0", "/regions/0"}),
    ],
)
async def test_a_filter_nobody_knows_is_refused_by_name(
    group: Group, unchanged: Unchanged, wrong: dict[str, Any], pointers: set[str]
) -> None:
    async with unchanged():
        refused = await group.send(PARTNER, "POST", "/v1/subscriptions", {"url": URL, **wrong})
    assert refused.status_code == 422
    assert {fault["pointer"] for fault in refused.json()["faults"]} == pointers


async def test_who_was_told_of_an_item_hears_of_its_end_whatever_it_asks_for(
    group: Group, hear: Hear, sessions: Sessions
) -> None:
    wanting = await opened(group, kinds=["news"], words=["标题"], subjects=[])
    await opened(group, words=["没有人写的词"])
    await opened(group, regions=["340321"])
    regional = await opened(group, regions=["340300"], levels=["city"])
    item = await group.released(title="一个标题", kind="news", column_id=group.columns["news"])
    await hear()
    await group.withdraw(item)
    await hear()
    made = [(str(each.subscription_id), each.type) for each in await receipts(sessions)]
    assert sorted(made) == sorted(
        (each["id"], kind) for each in (wanting, regional) for kind in (RELEASED, WITHDRAWN)
    )


async def test_what_is_paused_waits_and_is_sent_in_order_afterwards(
    real_group: Group, real_hear: Hear, worker: Task, subscriber: Subscriber, watch: Watch
) -> None:
    (subscription,) = await due(real_group, real_hear, subscriber.url, items=0)
    assert (await act(real_group, subscription, "/pause"))["paused"]
    await real_group.withdraw(await real_group.released())
    await real_hear()
    assert await worker.run(watch()) == 0
    refused = await real_group.send(
        PARTNER, "POST", f"/v1/subscriptions/{subscription['id']}/test"
    )
    assert refused.status_code == 409
    assert not (await act(real_group, subscription, "/resumption"))["paused"]
    assert [await worker.run(watch()) for _ in range(3)] == [1, 1, 0]
    assert kinds(subscriber) == [RELEASED, WITHDRAWN]


async def test_during_the_overlap_both_secrets_prove_a_message(
    real_group: Group, real_hear: Hear, worker: Task, subscriber: Subscriber, watch: Watch
) -> None:
    (subscription,) = await due(real_group, real_hear, subscriber.url, items=0)
    rotated = await act(real_group, subscription, "/secret", {"overlap_hours": 1})
    assert rotated["secret"] != subscription["secret"]
    secrets = [rotated["secret"], subscription["secret"]]
    for holding in (secrets, secrets[:1]):
        await act(real_group, subscription, "/test")
        await worker.run(watch() if holding is secrets else watch() + timedelta(hours=1))
        body, headers = subscriber.bodies[-1].decode(), subscriber.headers[-1]
        at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        signed = [Webhook(each).sign(headers["webhook-id"], at, body) for each in holding]
        assert headers["webhook-signature"].split(" ") == signed
        assert json.loads(body)["data"] == {"subscription_id": subscription["id"]}
    assert kinds(subscriber) == ["ping", "ping"]


async def test_a_test_goes_the_road_of_any_message_and_once_at_a_time(
    real_group: Group,
    real_hear: Hear,
    real_sessions: Sessions,
    worker: Task,
    subscriber: Subscriber,
    watch: Watch,
) -> None:
    (subscription,) = await due(real_group, real_hear, subscriber.url, items=0)
    subscriber.statuses = [503, 200]
    sent = [(await act(real_group, subscription, "/test"))["id"] for _ in range(2)]
    assert len(set(sent)) == 1
    await worker.run(watch())
    watch.turn(timedelta(minutes=1))
    await worker.run(watch())
    path = f"/v1/subscriptions/{subscription['id']}/deliveries"
    (told,) = (await real_group.send(PARTNER, "GET", f"{path}?state=received")).json()["items"]
    assert (told["type"], told["state"], told["attempts"]) == ("ping", "received", 2)
    log = (await real_group.send(PARTNER, "GET", f"{path}/{told['id']}/attempts")).json()["items"]
    assert [attempt["status"] for attempt in log] == [200, 503]
    assert all(attempt["milliseconds"] >= 0 for attempt in log)
    for actor, status in ((OTHER, 404), (EDITOR, 404), (None, 401)):
        hidden = await real_group.send(actor, "GET", f"{path}/{told['id']}/attempts")
        assert hidden.status_code == status
    assert len(await receipts(real_sessions)) == 1


async def test_after_a_replay_of_what_was_missed_the_last_word_is_still_the_last(
    real_group: Group, real_hear: Hear, worker: Task, subscriber: Subscriber, watch: Watch
) -> None:
    subscriber.statuses = [404] * 5 + [200]
    (subscription,) = await due(real_group, real_hear, subscriber.url, items=0)
    await real_group.withdraw(await real_group.released())
    await real_hear()
    for _ in range(5):
        await worker.run(watch())
        watch.turn(timedelta(hours=13))
    await worker.run(watch())
    assert kinds(subscriber) == [RELEASED] * 5 + [WITHDRAWN]
    watch.now = NOW
    path = f"/v1/subscriptions/{subscription['id']}"
    dead = (await real_group.send(PARTNER, "GET", f"{path}/deliveries?state=given_up")).json()
    assert [each["given_up"] for each in dead["items"]] == ["refused"]
    again = await act(real_group, subscription, "/replay", {"dead_letters": True})
    assert again == {"deliveries": 2}
    while await worker.run(watch()):
        pass
    assert kinds(subscriber)[6:] == [RELEASED, WITHDRAWN]
    one = {"delivery_id": dead["items"][0]["id"]}
    assert await act(real_group, subscription, "/replay", one) == {"deliveries": 2}
    since = {"since": (watch() + timedelta(days=1)).isoformat()}
    assert await act(real_group, subscription, "/replay", since) == {"deliveries": 0}


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 422),
        ({"dead_letters": True, "since": "2026-03-01T00:00:00Z"}, 422),
        ({"delivery_id": "00000000-0000-7000-8000-000000000001"}, 404),
        ({"since": "yesterday"}, 422),
    ],
)
async def test_a_replay_of_nothing_or_of_something_else_is_refused(
    group: Group, unchanged: Unchanged, asked: dict[str, Any], status: int
) -> None:
    path = f"/v1/subscriptions/{(await opened(group))['id']}/replay"
    async with unchanged():
        assert (await group.send(PARTNER, "POST", path, asked)).status_code == status
        assert (await group.send(OTHER, "POST", path, {"dead_letters": True})).status_code == 404


async def test_a_disabled_subscription_is_sent_nothing_until_it_is_resumed(
    real_group: Group, real_hear: Hear, worker: Task, subscriber: Subscriber, watch: Watch
) -> None:
    subscriber.statuses = [410, 200]
    (subscription,) = await due(real_group, real_hear, subscriber.url)
    await worker.run(watch())
    path = f"/v1/subscriptions/{subscription['id']}"
    for end, body in (("/test", None), ("/replay", {"dead_letters": True})):
        refused = await real_group.send(PARTNER, "POST", path + end, body)
        assert (refused.status_code, refused.json()["type"]) == (
            409,
            "/problems/subscription-disabled",
        )
    resumed = await act(real_group, subscription, "/resumption")
    assert (resumed["active"], resumed.get("disabled"), resumed["failures"]) == (True, None, 0)
    await act(real_group, subscription, "/replay", {"dead_letters": True})
    assert await worker.run(watch()) == 1
    assert kinds(subscriber) == [RELEASED] * 2


async def test_an_ended_subscription_is_gone_and_called_no_more(
    real_group: Group,
    real_hear: Hear,
    real_sessions: Sessions,
    worker: Task,
    subscriber: Subscriber,
    watch: Watch,
) -> None:
    (subscription,) = await due(real_group, real_hear, subscriber.url)
    path = f"/v1/subscriptions/{subscription['id']}"
    assert (await real_group.send(PARTNER, "DELETE", path, version=1)).status_code == 200
    assert (await real_group.send(PARTNER, "GET", path)).status_code == 404
    assert await worker.run(watch()) == 0
    await real_group.released()
    await real_hear()
    assert [each.given_up for each in await receipts(real_sessions)] == ["ended"]


async def test_a_full_message_holds_what_the_public_reads_while_it_may(
    real_group: Group, real_hear: Hear, worker: Task, subscriber: Subscriber, watch: Watch
) -> None:
    new = {"url": subscriber.url, "payload": "full", "site_codes": [SITE, COUNTY_SITE]}
    await real_group.send(PARTNER, "POST", "/v1/subscriptions", new)
    item = await real_group.released()
    await real_hear()
    await worker.run(watch())
    public = (await real_group.send(None, "GET", f"/v1/public/items/{item['id']}")).json()
    (message,) = map(json.loads, subscriber.bodies)
    assert message["data"]["item"] == public
    assert message["data"]["url"] == public["url"]
    late = await real_group.released(title="后来撤下的标题", body="后来撤下的正文。")
    await real_hear()
    await real_group.withdraw(late)
    await worker.run(watch())
    assert json.loads(subscriber.bodies[1])["data"]["item_left_out"] == "superseded"
    assert "后来撤下的正文" not in subscriber.bodies[1].decode()
