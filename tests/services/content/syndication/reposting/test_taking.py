import asyncio
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from services.content.release.models import Live
from shared.auth import Permission
from shared.db import Sessions
from tests.factories.content import (
    ADMIN,
    CITY,
    COUNTY_EDITOR,
    COUNTY_OFFICE,
    COUNTY_SITE,
    EDITOR,
    SITE,
    Group,
)
from tests.services.content.conftest import Announced, Unchanged
from tests.services.content.syndication.reposting.conftest import CountyDesk
from tests.support.people import person
from tests.support.queries import CountQueries

NUMBER = "蚌政办秘〔2017〕97号"
CITY_REPOSTER = person(Permission.REPOST, at=CITY, name="city-reposter")


async def _there(sessions: Sessions) -> int:
    async with sessions() as session:
        return await session.scalar(select(func.count()).select_from(Live)) or 0


async def test_a_site_takes_an_item_over_of_its_own_accord(
    group: Group, desk: CountyDesk, announced: Announced
) -> None:
    item = await group.released()
    taken = await desk.taken(item)
    assert (taken["site_code"], taken["origin_site_code"]) == (COUNTY_SITE, SITE)
    assert (taken["origin_item_id"], taken["fidelity"]) == (item["id"], "verbatim")
    assert taken["content_hash"] == taken["origin_hash"] == item["content_hash"]
    public = await group.public({"id": taken["item_id"]})
    assert public["body"] == item["body"]
    assert public["source"] == item["source"]
    assert (await announced())[-1] == "content.item.released"


async def test_only_who_may_repost_there_takes_over(
    group: Group, desk: CountyDesk, unchanged: Unchanged
) -> None:
    item = await group.released()
    reviewer = person(Permission.REVIEW, Permission.RELEASE, at=COUNTY_OFFICE, name="reviewer")
    async with unchanged():
        for actor in (EDITOR, reviewer):
            assert (await desk.take(item, actor=actor)).status_code == 403


async def test_what_is_not_public_is_not_taken_over(
    group: Group, desk: CountyDesk, unchanged: Unchanged
) -> None:
    draft = await group.draft()
    gone = await group.released()
    await group.withdraw(gone)
    async with unchanged():
        for item in (draft, gone):
            assert (await desk.take(item)).status_code == 404


async def test_a_site_does_not_take_over_what_is_its_own(
    group: Group, desk: CountyDesk, unchanged: Unchanged
) -> None:
    item = await group.released()
    taken = await desk.taken(item)
    async with unchanged():
        for again in (item["id"], taken["item_id"]):
            new = {"item_id": again, "column_id": group.columns["policies"]}
            refused = await group.send(CITY_REPOSTER, "POST", "/v1/reposts", new)
            told = refused.json()
            assert (refused.status_code, told["type"]) == (409, "/problems/from-this-site")
            assert told["item_id"] == item["id"]
            assert told["url"].endswith(item["id"])


async def test_what_a_site_has_already_is_not_taken_over_again(
    group: Group, desk: CountyDesk, unchanged: Unchanged
) -> None:
    item = await group.released()
    taken = await desk.taken(item)
    async with unchanged():
        refused = await desk.take(item)
        told = refused.json()
        assert (refused.status_code, told["type"]) == (409, "/problems/already-stands")
        assert (told["item_id"], told["known_by"]) == (taken["item_id"], "origin")
        assert (told["url"], told["same_text"]) == (taken["url"], True)


@pytest.mark.parametrize(
    ("body", "same"), [("各县、区人民政府：现将有关事项通知如下。", True), ("别的正文。", False)]
)
async def test_a_document_that_stands_here_is_known_by_its_number(
    group: Group, desk: CountyDesk, unchanged: Unchanged, body: str, *, same: bool
) -> None:
    first = await group.released(doc_no=NUMBER, body=body)
    taken = await desk.taken(first)
    second = await group.released(doc_no=NUMBER)
    async with unchanged():
        refused = await desk.take(second)
        told = refused.json()
        assert (refused.status_code, told["type"]) == (409, "/problems/already-stands")
        assert (told["known_by"], told["same_text"]) == ("doc_no", same)
        assert told["item_id"] == taken["item_id"]


async def test_what_a_site_has_already_keeps_a_directive_by_claim(
    group: Group, desk: CountyDesk
) -> None:
    await desk.taken(await group.released(doc_no=NUMBER))
    owed = await group.owed(await group.released(doc_no=NUMBER))
    column = group.county_columns["policies"]
    refused = (await group.answer(owed, answer="accept", column_id=column)).json()
    assert (refused["type"], refused["same_text"]) == ("/problems/already-stands", True)
    path = f"/v1/obligations/{owed['id']}/claim"
    claim = {"url": refused["url"]}
    done = await group.send(COUNTY_EDITOR, "POST", path, claim, version=owed["version"])
    assert (done.status_code, done.json()["state"]) == (200, "live_claimed")


async def test_an_item_that_bears_an_index_number_seen_here_is_known_by_it(
    group: Group, desk: CountyDesk, sessions: Sessions
) -> None:
    first, second = await group.released(), await group.released()
    await desk.taken(first)
    number = (await group.public(first))["index_no"]
    assert number
    async with sessions.begin() as session:
        await session.execute(
            update(Live).where(Live.item_id == second["id"]).values(index_no=number)
        )
    refused = (await desk.take(second)).json()
    assert (refused["type"], refused["known_by"]) == ("/problems/already-stands", "index_no")


async def test_an_interpretation_with_the_number_of_its_policy_is_another_text(
    group: Group, desk: CountyDesk
) -> None:
    policy = await group.released(doc_no=NUMBER)
    await desk.taken(policy)
    text = {"kind": "interpretation", "interprets": policy["id"], "doc_no": NUMBER}
    explained = await group.released(**text)
    await desk.taken(explained, column_id=group.county_columns["interpretations"])


async def test_a_repost_of_a_repost_is_one_of_its_origin_and_tells_its_way(
    group: Group, desk: CountyDesk
) -> None:
    item = await group.released()
    first = await desk.taken(item)
    third = await _third_site(group)
    new = {"item_id": first["item_id"], "column_id": third}
    done = await group.send(CITY_REPOSTER, "POST", "/v1/reposts", new)
    assert done.status_code == 201, done.text
    taken = done.json()
    assert (taken["origin_item_id"], taken["origin_site_code"]) == (item["id"], SITE)
    steps = [(hop["site_code"], hop["item_id"], hop["taken_by"]) for hop in taken["hops"]]
    assert steps == [
        (SITE, item["id"], COUNTY_SITE),
        (COUNTY_SITE, first["item_id"], taken["site_code"]),
    ]
    public = await group.public({"id": taken["item_id"]})
    assert public["origin"]["hops"] == taken["hops"]


async def _third_site(group: Group) -> str:
    """A column of a third site."""
    offices = {"supervising": "340300", "sponsoring": "340321", "operating": "340321"}
    site = {"code": "3403210002", "name": "另一网站", "domain": "third.gov.cn", "level": "county"}
    done = await group.send(ADMIN, "POST", "/v1/sites", {**site, **offices, "region": "340321"})
    column = {"site_code": site["code"], "name": "政策", "kind": "policies"}
    planned = await group.send(ADMIN, "POST", "/v1/columns", column)
    await group.open(done.json())
    return str(planned.json()["id"])


async def test_many_at_once_take_an_item_over_once(
    real_group: Group, real_desk: CountyDesk, real_sessions: Sessions
) -> None:
    item = await real_group.released()
    done = await asyncio.gather(*(real_desk.take(item) for _ in range(6)))
    assert sorted(one.status_code for one in done) == [201, 409, 409, 409, 409, 409]
    assert await _there(real_sessions) == 2


async def test_two_documents_of_one_number_at_once_stand_on_a_site_once(
    real_group: Group, real_desk: CountyDesk, real_sessions: Sessions
) -> None:
    items = [await real_group.released(doc_no=NUMBER) for _ in range(3)]
    done = await asyncio.gather(*(real_desk.take(item) for item in items))
    assert sorted(one.status_code for one in done) == [201, 409, 409]
    assert await _there(real_sessions) == 4


async def test_the_database_holds_a_verbatim_repost_to_its_sources_hash(
    group: Group, desk: CountyDesk, sessions: Sessions
) -> None:
    taken = await desk.taken(await group.released())
    changed = update(Live).where(Live.item_id == taken["item_id"]).values(content_hash="0" * 64)
    with pytest.raises(IntegrityError, match="ck_live_verbatim"):
        async with sessions.begin() as session:
            await session.execute(changed)


async def test_a_note_stands_beside_the_text_and_is_no_part_of_it(
    group: Group, desk: CountyDesk, announced: Announced
) -> None:
    item = await group.released()
    taken = await desk.taken(item, local_note="我县按此执行。")
    public = await group.public({"id": taken["item_id"]})
    assert (public["local_note"], public["body"]) == ("我县按此执行。", item["body"])
    assert public["content_hash"] == item["content_hash"]
    assert (await group.public(item))["local_note"] is None
    path = f"/v1/reposts/{taken['item_id']}/note"
    changed = await group.send(
        COUNTY_EDITOR, "PUT", path, {"local_note": None}, version=taken["version"]
    )
    assert changed.status_code == 200, changed.text
    assert changed.headers["ETag"] == f'"{changed.json()["version"]}"'
    public = await group.public({"id": taken["item_id"]})
    assert public["local_note"] is None
    assert (await announced())[-1] == "content.item.released"
    stale = await group.send(
        COUNTY_EDITOR, "PUT", path, {"local_note": "新"}, version=taken["version"]
    )
    assert stale.status_code == 412


@pytest.mark.parametrize(
    "note", ["联系人身份证号 34030019800101001X。", "<p>按语</p>", "", "\x00"]
)
async def test_a_note_is_checked_as_any_text_is(
    group: Group, desk: CountyDesk, unchanged: Unchanged, note: str
) -> None:
    item = await group.released()
    taken = await desk.taken(await group.released())
    path = f"/v1/reposts/{taken['item_id']}/note"
    version = taken["version"]
    async with unchanged():
        for refused in (
            await desk.take(item, local_note=note),
            await group.send(COUNTY_EDITOR, "PUT", path, {"local_note": note}, version=version),
        ):
            assert refused.status_code == 422, refused.text
            assert refused.json()["faults"][0]["pointer"] == "/local_note"


async def test_only_the_site_says_something_beside_its_repost(
    group: Group, desk: CountyDesk, unchanged: Unchanged
) -> None:
    item = await group.released()
    taken = await desk.taken(item)
    async with unchanged():
        for actor, named in ((EDITOR, taken["item_id"]), (COUNTY_EDITOR, item["id"])):
            path = f"/v1/reposts/{named}/note"
            refused = await group.send(actor, "PUT", path, {"local_note": "按语"}, version=1)
            assert refused.status_code == 404


async def test_a_site_lists_its_reposts_in_one_query(
    group: Group, desk: CountyDesk, count_queries: CountQueries
) -> None:
    for _ in range(2):
        taken = await desk.taken(await group.released())
        with count_queries(1):
            listed = await group.send(COUNTY_EDITOR, "GET", f"/v1/reposts?site_code={COUNTY_SITE}")
        assert listed.json()["items"][0] == taken
    assert (await group.send(EDITOR, "GET", "/v1/reposts")).json()["items"] == []


async def test_bad_input_is_named(group: Group, unchanged: Unchanged) -> None:
    item = await group.released()
    column = group.county_columns["policies"]
    bodies: list[tuple[Any, set[str]]] = [
        ({}, {"/item_id", "/column_id"}),
        ({"item_id": "x", "column_id": column}, {"/item_id"}),
        ({"item_id": item["id"], "column_id": column, "title": "改题"}, {"/title"}),
        (
            {"item_id": item["id"], "column_id": column, "local_note": "长" * 501},
            {"/local_note"},
        ),
    ]
    async with unchanged():
        for body, pointers in bodies:
            refused = await group.send(COUNTY_EDITOR, "POST", "/v1/reposts", body)
            assert refused.status_code == 422
            assert {fault["pointer"] for fault in refused.json()["faults"]} == pointers


async def test_no_original_of_a_number_goes_out_beside_its_repost(
    group: Group, desk: CountyDesk, unchanged: Unchanged
) -> None:
    await desk.taken(await group.released(doc_no=NUMBER))
    county = person(*Permission, at=COUNTY_OFFICE, name="all")
    text = {
        "site_code": COUNTY_SITE,
        "column_id": group.county_columns["policies"],
        "kind": "policy",
        "title": "本县文件",
        "body": "正文。",
        "source": "怀远县",
        "doc_no": NUMBER,
    }
    written = (await group.send(county, "POST", "/v1/items", text)).json()
    wanted = {"items": [{"item_id": written["id"], "version": written["version"]}]}
    async with unchanged():
        refused = await group.send(county, "POST", "/v1/releases", wanted)
        assert "repost_stands" in {fault["code"] for fault in refused.json()["faults"]}
