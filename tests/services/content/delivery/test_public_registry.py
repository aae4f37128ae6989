from typing import Any

from shared.contracts.page import Page
from shared.contracts.registry import Column, PublicSite
from tests.factories.content import ADMIN, EDITOR, SITE, Group
from tests.support.queries import CountQueries

COLUMNS = f"/v1/public/sites/{SITE}/columns"


async def shown(group: Group) -> list[Any]:
    page = await group.client.get(COLUMNS)
    Page[Column].model_validate_json(page.content)
    return [column["id"] for column in page.json()["items"]]


async def test_a_site_is_read_with_what_its_footer_must_show(
    group: Group, count_queries: CountQueries
) -> None:
    await group.change(
        "change_site", icp_number="皖ICP备05018251号", contact="0552-3120000", operating="340300"
    )
    with count_queries(2):
        answer = await group.client.get(f"/v1/public/sites/{SITE}")
    assert PublicSite.model_validate_json(answer.content).state == "open"
    assert answer.json()["footer"] == {
        "site_code": SITE,
        "icp_number": "皖ICP备05018251号",
        "police_number": None,
        "supervising": "340300",
        "sponsoring": "340300-zfb",
        "operating": "340300",
        "contact": "0552-3120000",
    }


async def test_hidden_columns_are_not_listed_and_their_items_stay(group: Group) -> None:
    item = await group.released()
    hidden = item["column_id"]
    await group.change("hide_column", column_id=hidden)
    assert hidden not in await shown(group)
    assert (await group.client.get(f"/v1/public/columns/{hidden}")).json()["hidden"] is True
    listed = await group.client.get(f"/v1/public/columns/{hidden}/items")
    assert [each["id"] for each in listed.json()["items"]] == [item["id"]]
    everything = await group.send(ADMIN, "GET", f"/v1/sites/{SITE}/columns")
    assert hidden in [column["id"] for column in everything.json()["items"]]
    await group.change("show_column", column_id=hidden)
    assert hidden in await shown(group)


async def test_columns_stand_in_order_of_their_positions_under_their_parents(
    group: Group,
) -> None:
    news, policies = group.columns["news"], group.columns["policies"]
    await group.change("move_column", column_id=news, parent_id=policies, position=9)
    page = (await group.client.get(COLUMNS)).json()["items"]
    assert (page[-1]["id"], page[-1]["parent_id"]) == (news, policies)


async def test_readers_of_a_merged_column_are_sent_on_for_ever(group: Group) -> None:
    old, between, target = (
        group.columns[kind] for kind in ("news", "interpretations", "policies")
    )
    first = await group.released(kind="news", title="动态")
    second = await group.released()
    await group.change("merge_columns", from_id=old, into_id=between)
    await group.change("merge_columns", from_id=between, into_id=target)
    assert await shown(group) == [target]
    for merged in (old, between):
        moved = await group.client.get(f"/v1/public/columns/{merged}")
        assert (moved.status_code, moved.headers["Location"]) == (
            308,
            f"/v1/public/columns/{target}",
        )
        moved = await group.client.get(f"/v1/public/columns/{merged}/items?first=1")
        assert (moved.status_code, moved.headers["Location"]) == (
            308,
            f"/v1/public/columns/{target}/items?first=1",
        )
        for what in ("feed.atom", "feed.json", "labels"):
            moved = await group.client.get(f"/v1/public/columns/{merged}/{what}")
            assert (moved.status_code, moved.headers["Location"]) == (
                308,
                f"/v1/public/columns/{target}/{what}",
            )
    feed = await group.client.get(f"/v1/public/columns/{old}/feed.json", follow_redirects=True)
    told = [item["id"] for item in feed.json()["items"]]
    assert told == [f"urn:uuid:{item['id']}" for item in (second, first)]
    met = await group.client.get(f"/v1/public/columns/{old}/items?first=1", follow_redirects=True)
    after = met.json()["next"]
    more = await group.client.get(
        f"/v1/public/columns/{old}/items?first=1&after={after}", follow_redirects=True
    )
    ids = [page.json()["items"][0]["id"] for page in (met, more)]
    assert ids == [second["id"], first["id"]]
    own = await group.client.get(f"/v1/public/items/{first['id']}")
    assert own.json()["column_id"] == old


async def test_a_cursor_outlasts_a_merger_into_its_column(group: Group) -> None:
    target, old = group.columns["policies"], group.columns["news"]
    for _ in range(2):
        await group.released()
    path = f"/v1/public/columns/{target}/items?first=1"
    after = (await group.client.get(path)).json()["next"]
    await group.change("merge_columns", from_id=old, into_id=target)
    more = await group.client.get(f"{path}&after={after}")
    assert (more.status_code, len(more.json()["items"])) == (200, 1)


async def test_a_filter_by_column_meets_what_was_merged_into_it(
    group: Group, count_queries: CountQueries
) -> None:
    await group.released(kind="news", title="动态")
    await group.released()
    target = group.columns["policies"]
    await group.change("merge_columns", from_id=group.columns["news"], into_id=target)
    with count_queries(2):
        listed = await group.client.get(f"/v1/public/items?column_id={target}")
    assert len(listed.json()["items"]) == 2
    with count_queries(2):
        listed = await group.client.get(f"/v1/public/columns/{target}/items")
    assert len(listed.json()["items"]) == 2
    with count_queries(2):
        found = await group.client.get(f"/v1/public/search?q=现将&column_id={target}")
    assert (len(found.json()["items"]), found.json()["total"]["count"]) == (2, 2)
    catalogue = f"/v1/public/sites/{SITE}/catalogue"
    listed = await group.client.get(f"{catalogue}?column_id={target}")
    assert len(listed.json()["items"]) == 2
    counted = await group.client.get(f"{catalogue}/counts?column_id={target}")
    assert counted.json()["total"] == 2


async def test_a_merged_column_takes_no_new_items(group: Group) -> None:
    old, target = group.columns["news"], group.columns["policies"]
    await group.change("merge_columns", from_id=old, into_id=target)
    new = {"site_code": SITE, "column_id": old, "kind": "news", "title": "题", "body": "文"}
    refused = await group.send(EDITOR, "POST", "/v1/items", {**new, "source": "办公室"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/already-merged")
    assert refused.json()["merged_into"] == target
