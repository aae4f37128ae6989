from typing import Any

from tests.factories.content import COUNTY_SITE, PARTNER, SITE, Group
from tests.services.content.syndication.recalls.conftest import Recaller

WITHDRAWN, RELEASED = "content.item.withdrawn", "content.item.released"


async def told(group: Group, opened: Any) -> list[tuple[str, str]]:
    """What a partner is to be told, oldest first: as what, and of which item."""
    path = f"/v1/subscriptions/{opened['id']}/deliveries"
    listed = (await group.send(PARTNER, "GET", path)).json()["items"]
    return [(each["type"], each["subject"]) for each in reversed(listed)]


async def test_partners_are_told_of_what_left_and_of_its_reposts_and_feeds_keep_tombstones(
    group: Group, recaller: Recaller
) -> None:
    new = {"url": "https://partner.example.org/hook"}
    opened = (await group.send(PARTNER, "POST", "/v1/subscriptions", new)).json()
    item = await group.released()
    repost = (await recaller.reposted(item))["repost_id"]
    await recaller.withdrawn(item)
    both = {item["id"], repost}
    last = (await told(group, opened))[-2:]
    assert {kind for kind, _ in last} == {WITHDRAWN}
    assert {subject for _, subject in last} == both
    for site, known in ((SITE, item["id"]), (COUNTY_SITE, repost)):
        feed = await group.client.get(f"/v1/public/changes?site_code={site}")
        steps = [(each["act"], each["item_id"], each["item"]) for each in feed.json()["changes"]]
        assert steps == [("released", known, None), ("withdrawn", known, None)]
        atom = await group.client.get(f"/v1/public/sites/{site}/feed.atom")
        assert item["title"] not in atom.text


async def test_partners_are_told_of_a_correction_with_the_new_edition(
    group: Group, recaller: Recaller
) -> None:
    new = {"url": "https://partner.example.org/hook"}
    opened = (await group.send(PARTNER, "POST", "/v1/subscriptions", new)).json()
    item = await group.released()
    again, _ = await recaller.corrected(item, body="各县、区人民政府：现将更正后的事项通知如下。")
    assert await told(group, opened) == [(RELEASED, item["id"]), (RELEASED, item["id"])]
    feed = (await group.client.get("/v1/public/changes")).json()["changes"]
    assert [each["item"] and each["item"]["content_hash"] for each in feed] == [
        None,
        again["content_hash"],
    ]
