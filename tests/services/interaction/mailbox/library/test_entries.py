from typing import Any
from uuid import uuid4

import pytest

from shared.auth import Permission
from tests.services.interaction.conftest import CITY, CLERK, COUNTY, OFFICE, ROADS, Clock
from tests.services.interaction.mailbox.conftest import CHIEF, ENTRY, Library
from tests.support import people
from tests.support.queries import CountQueries

NEW_TEXT = "路灯故障由市城市管理局照明管理处负责，接报后一个工作日内修复，报修网址见本局网站。"
COUNTY_CLERK = people.person(Permission.ANSWER, at=COUNTY, name="county")


async def test_an_entry_is_of_use_once_another_person_approved_it(library: Library) -> None:
    entry = await library.written()
    assert (entry["state_label"], entry["edition"], entry["editions"]) == ("待审核", None, 1)
    assert await library.found() == []
    approved = await library.review(entry)
    assert (approved.json()["state"], approved.json()["edition"]["text"]) == (
        "in_use",
        ENTRY["text"],
    )
    assert await library.found() == [entry["id"]]
    told = [type_ for type_, _ in await library.mailbox.announced()]
    assert told == ["interaction.library_entry.written", "interaction.library_entry.approved"]


async def test_its_author_cannot_review_it(library: Library) -> None:
    both = people.person(Permission.ANSWER, Permission.REVIEW_ANSWER, at=ROADS, name="both")
    entry = await library.written(both)
    refused = await library.review(entry, actor=both)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/own-library-entry")


async def test_a_review_is_of_the_edition_that_was_read(library: Library) -> None:
    entry = await library.written()
    await library.rewrite(entry, NEW_TEXT)
    after = {**entry, "version": entry["version"] + 1}
    refused = await library.review(after)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/edition-changed")
    done = await library.review({**after, "editions": 2})
    assert done.json()["edition"]["text"] == NEW_TEXT
    again = await library.review(done.json())
    assert again.json()["type"] == "/problems/edition-changed"


async def test_the_text_in_use_stays_until_the_new_one_is_approved(library: Library) -> None:
    entry = await library.usable()
    entry = await library.rewrite(entry, NEW_TEXT)
    assert (entry["edition"]["number"], entry["editions"]) == (1, 2)
    unreasoned = await library.review(entry, "return")
    assert unreasoned.status_code == 422
    entry = (await library.review(entry, "return", reason="未经核实")).json()
    assert (entry["state"], entry["edition"]["text"]) == ("in_use", ENTRY["text"])
    path = f"/v1/library-editions?entry_id={entry['id']}"
    editions = (await library.mailbox.send(CLERK, "GET", path)).json()["items"]
    assert [(each["number"], each["verdict"]) for each in editions] == [
        (2, "return"),
        (1, "approve"),
    ]


async def test_whoever_reviews_sees_what_waits(library: Library) -> None:
    waiting = await library.rewrite(await library.usable(), NEW_TEXT)
    await library.usable(title="别的")
    path = "/v1/library-editions?waiting=true"
    listed = (await library.mailbox.send(CHIEF, "GET", path)).json()["items"]
    assert [(each["entry_id"], each["number"]) for each in listed] == [(waiting["id"], 2)]


async def test_a_retired_entry_is_found_no_more_and_stays_as_it_was(library: Library) -> None:
    entry = await library.usable()
    retired = (await library.retire(entry)).json()
    assert (retired["state_label"], retired["retired_reason"]) == ("已停用", "职责已调整")
    assert await library.found() == []
    path = f"/v1/library-entries/{entry['id']}"
    body = {**ENTRY, "text": NEW_TEXT}
    del body["organization"]
    refused = await library.mailbox.send(CLERK, "PUT", path, body, retired["version"])
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/retired")


@pytest.mark.parametrize(
    "phrase", ["路灯", "照明", "报修 网址", "负责路灯故障", "路灯坏了怎么报修"]
)
async def test_an_entry_is_found_by_its_words(library: Library, phrase: str) -> None:
    entry = await library.usable()
    other = {"title": "户口迁移", "text": "户口迁移到公安机关办理，提交户口簿。", "keywords": []}
    await library.usable(**other)
    assert await library.found(q=phrase) == [entry["id"]]


@pytest.mark.parametrize("phrase", ["医保", "%25", "!( | 医保 %26", "'; --"])
async def test_and_by_no_others_whatever_is_typed(library: Library, phrase: str) -> None:
    await library.usable()
    assert await library.found(q=phrase) == []


async def test_of_those_met_the_nearest_come_first_page_by_page(library: Library) -> None:
    far = await library.usable(text="报修一律登记，两个工作日内办结。", title="报修", keywords=[])
    near = await library.usable()
    path = "/v1/library-entries?q=路灯怎么报修&first=1"
    first = (await library.mailbox.send(CLERK, "GET", path)).json()
    rest = await library.mailbox.send(CLERK, "GET", f"{path}&after={first['next']}")
    pages = [first, rest.json()]
    assert [page["items"][0]["id"] for page in pages] == [near["id"], far["id"]]
    assert rest.json()["next"] is None


async def test_entries_are_found_by_matter_the_most_used_first(library: Library) -> None:
    await library.usable(matter="社会保障")
    one, other = [await library.usable() for _ in range(2)]
    assert await library.found(matter="市政设施") == [other["id"], one["id"]]


async def test_an_entry_is_used_in_its_time_alone(library: Library, clock: Clock) -> None:
    entry = await library.usable(valid_from="2026-03-03", valid_until="2026-03-04")
    counts = []
    for _ in range(4):
        counts.append(len(await library.found()))
        clock.pass_by(days=1)
    assert counts == [0, 1, 1, 0]
    path = f"/v1/library-entries/{entry['id']}"
    assert (await library.mailbox.send(CLERK, "GET", path)).status_code == 200


async def test_units_below_use_what_a_unit_above_keeps_and_see_nothing_of_its_drafts(
    library: Library,
) -> None:
    city_clerk = people.person(Permission.ANSWER, at=CITY, name="city-clerk")
    entry = await library.written(city_clerk, organization="340300")
    path = f"/v1/library-entries/{entry['id']}"
    assert (await library.mailbox.send(CLERK, "GET", path)).status_code == 404
    entry = (await library.review(entry)).json()
    assert await library.found(CLERK) == await library.found(COUNTY_CLERK) == [entry["id"]]
    editions = f"/v1/library-editions?entry_id={entry['id']}"
    assert (await library.mailbox.send(CLERK, "GET", editions)).json()["items"] == []
    body = {"edition": 1, "verdict": "approve"}
    refused = await library.mailbox.send(CLERK, "POST", f"{path}/review", body, entry["version"])
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/outside-authority")


async def test_another_units_library_is_not_there(library: Library) -> None:
    entry = await library.usable()
    former = people.person(at=ROADS, name="former-delegate")
    office = people.person(Permission.ANSWER, at=OFFICE, name="office")
    editor = people.person(Permission.EDIT, at=CITY, name="editor")
    for actor in (COUNTY_CLERK, office, former, editor):
        assert await library.found(actor) == []
        path = f"/v1/library-entries/{entry['id']}"
        assert (await library.mailbox.send(actor, "GET", path)).status_code == 404
        refused = await library.review(entry, actor=actor)
        assert refused.status_code == 404
        write = await library.mailbox.send(actor, "POST", "/v1/library-entries", ENTRY)
        assert write.status_code == 403


@pytest.mark.parametrize(
    ("over", "pointer"),
    [
        ({"text": "请联系王师傅13855201234修理路灯。"}, "/text"),
        ({"text": "身份证号11010519491231002X的居民已登记。"}, "/text"),
        ({"organization": "nobody"}, "/organization"),
        ({"valid_from": "2026-03-03", "valid_until": "2026-03-02"}, ""),
    ],
)
async def test_what_cannot_stand_in_a_library_is_refused(
    library: Library, over: dict[str, Any], pointer: str
) -> None:
    path = "/v1/library-entries"
    refused = await library.mailbox.send(CLERK, "POST", path, {**ENTRY, **over})
    assert refused.status_code == 422
    assert refused.json()["faults"][0]["pointer"] == pointer
    assert await library.mailbox.announced() == []


async def test_an_offices_own_line_may_be_told(library: Library) -> None:
    await library.usable(text="路灯故障请拨打市城市管理局0552-3012393报修，两个工作日内修复。")


async def test_lists_of_the_library_cost_one_query(
    library: Library, count_queries: CountQueries
) -> None:
    for _ in range(3):
        await library.usable()
    for path in ("/v1/library-entries?q=路灯&", "/v1/library-editions?"):
        for first in (1, 3):
            with count_queries(1):
                listed = await library.mailbox.send(CLERK, "GET", f"{path}first={first}")
            assert len(listed.json()["items"]) == first


async def test_nobody_reads_the_library_without_a_token(library: Library) -> None:
    entry = await library.usable()
    for path in ("/v1/library-entries", f"/v1/library-entries/{entry['id']}"):
        assert (await library.mailbox.client.get(path)).status_code == 401
    missing = f"/v1/library-entries/{uuid4()}"
    assert (await library.mailbox.send(CLERK, "GET", missing)).status_code == 404
