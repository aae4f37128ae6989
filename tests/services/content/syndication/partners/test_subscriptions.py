import json
from typing import Any

import pytest
from sqlalchemy import select

from services.content.syndication.partners.models import Delivery
from shared.auth import Permission
from shared.db import Sessions
from tests.factories.content import (
    COUNTY_EDITOR,
    COUNTY_OFFICE,
    COUNTY_SITE,
    EDITOR,
    PARTNER,
    SITE,
    Group,
)
from tests.services.content.conftest import Hear, Unchanged
from tests.support.people import bearer, person

OTHER_PARTNER = person(Permission.SUBSCRIBE, at=COUNTY_OFFICE, name="other-partner")
URL = "https://partner.example.org/hook"


async def _subscribe(group: Group, *codes: str, **headers: Any) -> Any:
    new = {"url": URL, "site_codes": list(codes)}
    done = await group.send(PARTNER, "POST", "/v1/subscriptions", new, **headers)
    assert done.status_code == 201, done.text
    return done.json()


async def _made_out(sessions: Sessions) -> list[Delivery]:
    async with sessions() as session:
        return list(await session.scalars(select(Delivery).order_by(Delivery.id)))


async def test_a_secret_is_shown_once(group: Group) -> None:
    opened = await _subscribe(group, Idempotency_Key="k")
    assert opened["secret"].startswith("whsec_")
    again = await _subscribe(group, Idempotency_Key="k")
    assert again["id"] == opened["id"]
    shown = await group.send(PARTNER, "GET", f"/v1/subscriptions/{opened['id']}")
    for answer in (again, shown.json()):
        assert "secret" not in answer


async def test_a_subscriber_hears_of_its_sites_only(
    group: Group, hear: Hear, sessions: Sessions
) -> None:
    everywhere = await _subscribe(group)
    city = await _subscribe(group, SITE)
    county = await _subscribe(group, COUNTY_SITE)
    item = await group.released()
    await hear()
    made = await _made_out(sessions)
    assert {str(message.subscription_id) for message in made} == {everywhere["id"], city["id"]}
    told = json.loads(made[0].payload)
    assert (told["type"], told["data"]["item_id"]) == ("content.item.released", item["id"])
    await group.answer(
        await group.owed(item), answer="accept", column_id=group.county_columns["policies"]
    )
    await hear()
    subscribers = [str(message.subscription_id) for message in await _made_out(sessions)]
    assert subscribers.count(county["id"]) == 1
    assert subscribers.count(everywhere["id"]) == 2


async def test_an_event_heard_twice_makes_one_message(
    group: Group, hear: Hear, sessions: Sessions
) -> None:
    await _subscribe(group)
    item = await group.released()
    await group.withdraw(item)
    await hear()
    await hear()
    types = [message.type for message in await _made_out(sessions)]
    assert types == ["content.item.released", "content.item.withdrawn"]


async def test_nothing_of_a_draft_is_told(group: Group, hear: Hear, sessions: Sessions) -> None:
    await _subscribe(group)
    await group.cleared()
    await hear()
    assert await _made_out(sessions) == []


async def test_a_subscription_and_its_messages_are_the_partners_own(
    group: Group, hear: Hear
) -> None:
    opened = await _subscribe(group)
    await group.released()
    await hear()
    path = f"/v1/subscriptions/{opened['id']}"
    listed = (await group.send(PARTNER, "GET", f"{path}/deliveries")).json()["items"]
    assert [(message["type"], message["attempts"]) for message in listed] == [
        ("content.item.released", 0)
    ]
    for end in ("", "/deliveries"):
        for actor, status in ((OTHER_PARTNER, 404), (EDITOR, 404), (None, 401)):
            assert (await group.send(actor, "GET", path + end)).status_code == status


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "ftp://example.org/"},
        {"url": "example.org"},
        {"url": "https://example.org/" + "x" * 500},
        {"url": "javascript:alert(1)"},
        {"url": "https://user:secret@example.org/"},
        {"site_codes": ["9999990000"]},
        {"site_codes": ["\x00"]},
        {"site_codes": [SITE] * 101},
        {"secret": "own"},
    ],
)
async def test_a_subscription_that_leads_nowhere_is_refused(
    group: Group, unchanged: Unchanged, wrong: dict[str, Any]
) -> None:
    async with unchanged():
        refused = await group.send(PARTNER, "POST", "/v1/subscriptions", {"url": URL, **wrong})
    assert refused.status_code == 422, refused.text
    assert refused.json()["faults"]


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254",
        "10.0.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104  # an address to refuse
        "2852039166",  # 169.254.169.254
        "0xa9fea9fe",
        "[::ffff:169.254.169.254]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::a00:1]",
        "[fe80::1]",
        "[fc00::1]",
    ],
)
async def test_an_address_inside_is_refused_by_name_before_anything_is_sent(
    group: Group, unchanged: Unchanged, host: str
) -> None:
    standing = await _subscribe(group)
    path = f"/v1/subscriptions/{standing['id']}"
    new = {"url": f"http://{host}/latest/meta-data/"}
    async with unchanged():
        opened = await group.send(PARTNER, "POST", "/v1/subscriptions", new)
        changed = await group.send(PARTNER, "PUT", path, new, version=standing["version"])
    for refused in (opened, changed):
        assert refused.status_code == 422, refused.text
        (fault,) = refused.json()["faults"]
        assert (fault["pointer"], fault["code"]) == ("/url", "forbidden_destination")


async def test_a_body_beyond_all_measure_is_refused_and_nothing_is_written(
    group: Group, unchanged: Unchanged
) -> None:
    new = {"url": URL, "words": ["词" * 5_000_000]}
    async with unchanged():
        refused = await group.send(PARTNER, "POST", "/v1/subscriptions", new)
    assert (refused.status_code, refused.json()["type"]) == (413, "/problems/too-large")


async def test_a_token_with_a_wrong_signature_subscribes_nobody(
    group: Group, unchanged: Unchanged
) -> None:
    token = bearer(PARTNER)["Authorization"]
    forged = {"Authorization": token[:-8] + "A" * 8}
    async with unchanged():
        refused = await group.client.post("/v1/subscriptions", json={"url": URL}, headers=forged)
    assert (refused.status_code, refused.json()["type"]) == (401, "/problems/invalid-token")


async def test_only_partners_subscribe(group: Group, unchanged: Unchanged) -> None:
    async with unchanged():
        for actor, status in ((COUNTY_EDITOR, 403), (None, 401)):
            refused = await group.send(actor, "POST", "/v1/subscriptions", {"url": URL})
            assert refused.status_code == status
