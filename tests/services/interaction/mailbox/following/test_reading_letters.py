from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from shared.auth import Actor, Permission
from shared.db import Sessions
from tests.services.interaction.conftest import (
    ANSWER,
    CLERK,
    DISPATCHER,
    HEAD,
    LETTER,
    OTHER_SITE,
    SITE,
    STRANGER,
    Mailbox,
)
from tests.support import people
from tests.support.queries import CountQueries

PERSONAL = ("李小龙", "13855201234", "1385520", "lixiaolong")

SOME_LETTER = "01a20247-e2dc-7237-8800-4233f7dbd6bb"


async def listed(mailbox: Mailbox, actor: Actor, **asked: Any) -> list[str]:
    answer = await mailbox.client.get(
        "/v1/letters", params=asked, headers=people.bearer(actor, mailbox.clock.now)
    )
    assert answer.status_code == 200, answer.text
    return [letter["number"] for letter in answer.json()["items"]]


async def test_a_letter_is_opened_for_those_with_authority(mailbox: Mailbox) -> None:
    receipt = await mailbox.drafted()
    for actor in (DISPATCHER, CLERK, HEAD):
        opened = await mailbox.read(actor, receipt["number"])
        assert opened.headers["ETag"] == f'"{opened.json()["version"]}"'
        letter = opened.json()
        assert (letter["title"], letter["text"]) == (LETTER["title"], LETTER["text"])
        assert letter["writer_name"] == "李小龙"
        assert letter["answer"]["findings"] == []


async def test_a_foreign_sites_clerk_finds_nothing(mailbox: Mailbox) -> None:
    receipt = await mailbox.published()
    assert (await mailbox.read(STRANGER, receipt["number"])).status_code == 404
    assert await listed(mailbox, STRANGER) == []


async def test_a_letter_that_does_not_exist_looks_the_same(mailbox: Mailbox) -> None:
    receipt = await mailbox.write()
    hidden = (await mailbox.read(STRANGER, receipt["number"])).json()
    missing = await mailbox.client.get(f"/v1/letters/{uuid4()}", headers=people.bearer(STRANGER))
    assert missing.status_code == 404
    assert hidden | {"request_id": ""} == missing.json() | {"request_id": ""}


@pytest.mark.parametrize("path", ["/v1/letters", f"/v1/letters/{SOME_LETTER}"])
async def test_clerks_pages_need_a_token(mailbox: Mailbox, path: str) -> None:
    assert (await mailbox.client.get(path)).status_code == 401


async def test_each_clerk_lists_the_letters_within_reach(mailbox: Mailbox) -> None:
    new = (await mailbox.write())["number"]
    sent = (await mailbox.dispatched())["number"]
    foreign = (await mailbox.write(site_code=OTHER_SITE))["number"]
    assert await listed(mailbox, DISPATCHER) == [sent, new]
    assert await listed(mailbox, CLERK) == [sent]
    assert await listed(mailbox, HEAD) == [foreign, sent, new]
    assert await listed(mailbox, STRANGER) == [foreign]
    assert await listed(mailbox, people.person()) == []
    assert await listed(mailbox, people.person(Permission.EDIT)) == []


async def test_a_similar_path_is_no_authority(mailbox: Mailbox) -> None:
    await mailbox.dispatched()
    neighbour = people.person(Permission.ANSWER, at="340000.340300.road")
    wildcard = people.person(Permission.ANSWER, at="340000.340300._oads")
    assert await listed(mailbox, neighbour) == await listed(mailbox, wildcard) == []


async def test_letters_are_listed_by_state_and_page_by_page(mailbox: Mailbox) -> None:
    new = [(await mailbox.write())["number"] for _ in range(3)]
    sent = (await mailbox.dispatched())["number"]
    assert await listed(mailbox, DISPATCHER, state="dispatched") == [sent]
    headers = people.bearer(DISPATCHER)
    page = (await mailbox.client.get("/v1/letters?first=2", headers=headers)).json()
    rest = await listed(mailbox, DISPATCHER, after=page["next"])
    assert [letter["number"] for letter in page["items"]] + rest == [sent, *reversed(new)]
    assert page["items"][0]["title"] == LETTER["title"]


async def test_lists_cost_one_query_however_long(
    mailbox: Mailbox, count_queries: CountQueries
) -> None:
    for _ in range(3):
        await mailbox.published()
    for path in ("/v1/letters", "/v1/public/letters"):
        for first in (1, 3):
            with count_queries(1):
                answer = await mailbox.client.get(
                    f"{path}?first={first}", headers=people.bearer(HEAD)
                )
            assert len(answer.json()["items"]) == first


async def test_reading_one_letter_costs_five_queries_and_two_to_note_who_read_it(
    mailbox: Mailbox, count_queries: CountQueries
) -> None:
    receipt = await mailbox.published()
    letter = await mailbox.row(receipt["number"])
    with count_queries(7):  # letter with content, its notes and draft, timeline, round, replies
        await mailbox.client.get(f"/v1/letters/{letter.id}", headers=people.bearer(HEAD))
    with count_queries(5):  # wrong codes, kept code, letter with content, replies, timeline
        await mailbox.follow(receipt["number"], receipt["query_code"])


async def test_the_public_reads_a_masked_rendition(mailbox: Mailbox) -> None:
    receipt = await mailbox.published()
    page = await mailbox.client.get("/v1/public/letters", params={"site_code": SITE})
    (shown,) = page.json()["items"]
    assert shown == {
        "number": receipt["number"],
        "site_code": SITE,
        "kind": "complaint",
        "kind_label": "投诉",
        "title": LETTER["title"],
        "text": "我叫***，手机***。东海大道中段的路灯坏了两周。",
        "answer": ANSWER.replace("李小龙", "***"),
        "received_on": "2026-03-02",
        "answered_on": "2026-03-02",
        "answering_unit": "市城市管理局",
        "attachments": [],
        "published_at": "2026-03-02T01:00:00Z",
        "satisfaction": None,
    }
    one = await mailbox.client.get(f"/v1/public/letters/{receipt['number']}/publication")
    assert one.json() == shown


async def test_the_public_never_sees_what_is_not_published(mailbox: Mailbox) -> None:
    hidden = [await make() for make in (mailbox.write, mailbox.drafted, mailbox.answered)]
    page = (await mailbox.client.get("/v1/public/letters")).json()
    assert (page["items"], page["next"]) == ([], None)
    for receipt in hidden:
        one = await mailbox.client.get(f"/v1/public/letters/{receipt['number']}/publication")
        assert one.status_code == 404


async def test_public_letters_are_listed_by_site_and_kind(mailbox: Mailbox) -> None:
    await mailbox.published()
    for asked, expected in (
        ({"site_code": SITE}, 1),
        ({"site_code": OTHER_SITE}, 0),
        ({"kind": "complaint"}, 1),
        ({"kind": "praise"}, 0),
    ):
        page = await mailbox.client.get("/v1/public/letters", params=asked)
        assert len(page.json()["items"]) == expected
    odd = await mailbox.client.get("/v1/public/letters?site_code=%00")
    assert odd.status_code == 422


@pytest.mark.parametrize("path", ["", "/{number}/publication"])
async def test_a_reader_who_holds_the_page_is_not_sent_it_again(
    mailbox: Mailbox, path: str
) -> None:
    receipt = await mailbox.published()
    address = "/v1/public/letters" + path.format(**receipt)
    first = await mailbox.client.get(address)
    assert "max-age" in first.headers["Cache-Control"]
    held = {"If-None-Match": f'"other", {first.headers["ETag"]}'}
    again = await mailbox.client.get(address, headers=held)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    await mailbox.published()
    changed = await mailbox.client.get(address, headers=held)
    assert changed.status_code == (304 if path else 200)


async def test_no_table_holds_personal_data_in_the_clear(
    mailbox: Mailbox, sessions: Sessions
) -> None:
    headers = {"Idempotency-Key": "once"}
    await mailbox.client.post("/v1/public/letters", json=LETTER, headers=headers)
    receipt = await mailbox.drafted()
    await mailbox.review(receipt["number"], "return", "李小龙的电话是13855201234")
    await mailbox.published()
    async with sessions() as session:
        tables = await session.scalars(
            text("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        )
        for table in tables.all():
            rows = (await session.execute(text(f"SELECT * FROM {table}"))).all()  # noqa: S608  # as PostgreSQL quoted it
            kept = b"\n".join(
                value if isinstance(value, bytes) else str(value).encode()
                for row in rows
                for value in row
            )
            for personal in (*PERSONAL, receipt["query_code"]):
                assert personal.encode() not in kept, table


async def _quoting(mailbox: Mailbox, actor: Actor | None, *phrases: str) -> Any:
    headers = people.bearer(actor, mailbox.clock.now) if actor else {}
    asked = {"quoting": list(phrases)}
    return await mailbox.client.get("/v1/published-letters", params=asked, headers=headers)


async def test_published_letters_are_found_by_what_they_quote(
    mailbox: Mailbox, count_queries: CountQueries
) -> None:
    quoting = await mailbox.published("根据蚌政办〔2026〕9号文件，已于昨日修复。")
    await mailbox.published()
    await mailbox.write(text="请问蚌政办〔2026〕9号文件何时执行？谢谢！")
    with count_queries(1):
        found = await _quoting(mailbox, CLERK, "蚌政办〔2026〕9号", "https://www.bengbu.gov.cn/1")
    assert [each["number"] for each in found.json()["items"]] == [quoting["number"]]
    assert (await _quoting(mailbox, CLERK, "100%的文件")).json()["items"] == []


async def test_only_staff_look_letters_through_and_for_something(mailbox: Mailbox) -> None:
    assert (await _quoting(mailbox, None, "蚌政办〔2026〕9号")).status_code == 401
    for phrases in ((), ("的",), ("四个字的",) * 6):
        assert (await _quoting(mailbox, CLERK, *phrases)).status_code == 422
