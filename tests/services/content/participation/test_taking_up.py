from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests.factories.content import LEADER, SECRECY, SITE, STRANGER
from tests.services.content.conftest import Announced, Unchanged
from tests.services.content.participation.conftest import (
    EDITOR,
    PARAGRAPHS,
    TITLE,
    Telling,
    admitted,
)


@pytest.mark.parametrize(
    ("kind", "moment", "column", "item"),
    [
        ("survey", "announced", "consultations", "notice"),
        ("survey", "result", "consultations", "response"),
        ("consultation", "announced", "consultations", "notice"),
        ("consultation", "result", "consultations", "response"),
        ("interview", "announced", "interviews", "news"),
        ("interview", "result", "interviews", "news"),
    ],
)
async def test_what_is_told_becomes_a_draft_in_the_one_column_for_it(
    telling: Telling, subject: UUID, kind: str, moment: str, column: str, item: str
) -> None:
    column_id = await telling.column(column)
    await telling.tell(subject, kind=kind, moment=moment)
    (drafted,) = await telling.items()
    assert (drafted["kind"], drafted["column_id"]) == (item, column_id)
    assert (drafted["title"], drafted["body"]) == (TITLE, "\n\n".join(PARAGRAPHS))
    assert drafted["links"][0]["href"].endswith(str(subject))
    assert drafted["source"] == f"网站{SITE}"
    (text,) = await telling.texts()
    assert (text["state"], text["item_id"], text["message"]) == ("drafted", drafted["id"], None)


async def test_a_draft_is_never_public_and_its_writer_never_reviews_it(
    telling: Telling, subject: UUID
) -> None:
    group = telling.group
    await telling.column("consultations")
    await telling.tell(subject)
    (item,) = await telling.items()
    assert (item["stage"], item["author"]) == ("draft", telling.author)
    shown = await group.client.get(f"/v1/public/items/{item['id']}")
    assert shown.status_code == 404
    assert (await group.release(item)).json()["type"] == "/problems/not-releasable"
    item = await group.submit(item)
    own = await group.review(replace(LEADER, id=telling.author), item, "leader")
    assert own.status_code == 403
    item = (await group.review(LEADER, item, "leader")).json()
    item = (await group.review(SECRECY, item, "secrecy")).json()
    assert (await group.release(item)).status_code == 201


async def test_told_again_it_stays_one_draft_and_the_result_is_another(
    telling: Telling, subject: UUID
) -> None:
    await telling.column("consultations")
    for _ in range(2):
        assert await telling.tell(subject)
    assert len(await telling.items()) == 1
    await telling.tell(subject, moment="result", title="公开征求意见采纳情况的说明")
    assert len(await telling.items()) == 2
    assert [text["moment"] for text in await telling.texts(subject_id=subject)] == [
        "result",
        "announced",
    ]


@pytest.mark.parametrize(("columns", "message"), [(0, "没有"), (2, "有多个")])
async def test_without_one_fitting_column_it_waits_for_a_person(
    telling: Telling, subject: UUID, announced: Announced, columns: int, message: str
) -> None:
    for number in range(columns):
        await telling.column("consultations", f"征集{number}")
    await telling.column("interviews")
    await telling.tell(subject)
    (text,) = await telling.texts(state="waiting", site_code=SITE)
    assert message in text["message"]
    assert await telling.items() == []
    assert (await announced())[-1] == "content.participation_text.settled"


async def test_hidden_and_merged_columns_do_not_count(telling: Telling, subject: UUID) -> None:
    kept = await telling.column("consultations", "征集一")
    merged = await telling.column("consultations", "征集二")
    hidden = await telling.column("consultations", "征集三")
    await telling.group.change("merge_columns", from_id=merged, into_id=kept)
    await telling.group.change("hide_column", column_id=hidden)
    await telling.tell(subject)
    (item,) = await telling.items()
    assert item["column_id"] == kept


async def test_whoever_may_not_write_for_the_site_has_no_draft_made_for_them(
    telling: Telling, subject: UUID
) -> None:
    await telling.column("consultations")
    leader = await admitted(telling.group, "leader", "leader")
    for number, author in enumerate((leader, "person:unknown", "system:interaction")):
        await telling.tell(UUID(int=number + 10), author=author)
    await telling.tell(subject, author=None, by=leader)
    waiting = await telling.texts(state="waiting")
    assert len(waiting) == 4
    assert all("没有本网站的编辑权限" in text["message"] for text in waiting)
    assert await telling.items() == []


async def test_what_cannot_be_written_waits_with_every_fault(
    telling: Telling, subject: UUID
) -> None:
    await telling.column("consultations")
    await telling.tell(subject, title="长" * 250)
    (text,) = await telling.texts(state="waiting")
    assert "最多200个字" in text["message"]


async def test_a_person_chooses_the_column_and_the_writer_stays_who_wrote_it(
    telling: Telling, subject: UUID
) -> None:
    await telling.tell(subject, title="长" * 250)
    (text,) = await telling.texts()
    column_id = await telling.column("consultations")
    given: dict[str, Any] = {"kind": "notice", "column_id": column_id, "title": "公告"}
    done = await telling.settle(text, "acceptance", **given)
    assert (done.json()["state"], done.json()["settled_by"]) == ("drafted", EDITOR.id)
    (item,) = await telling.items()
    assert (item["title"], item["author"]) == ("公告", telling.author)
    again = await telling.settle(done.json(), "acceptance", **given)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/text-drafted")
    late = await telling.settle(done.json(), "dismissal", reason="重复")
    assert late.json()["type"] == "/problems/text-drafted"


async def test_a_text_is_dismissed_with_a_reason_and_may_still_be_taken_up(
    telling: Telling, subject: UUID
) -> None:
    await telling.tell(subject)
    (text,) = await telling.texts()
    assert (await telling.settle(text, "dismissal")).status_code == 422
    done = await telling.settle(text, "dismissal", reason="已另行发布")
    assert (done.json()["state"], done.json()["message"]) == ("dismissed", "已另行发布")
    column_id = await telling.column("consultations")
    taken = await telling.settle(done.json(), "acceptance", kind="notice", column_id=column_id)
    assert taken.json()["state"] == "drafted"


async def test_strangers_see_no_text_and_settle_none_nor_does_anyone_over_an_older_state(
    telling: Telling, subject: UUID, unchanged: Unchanged
) -> None:
    await telling.tell(subject)
    (text,) = await telling.texts()
    assert await telling.texts(actor=STRANGER) == []
    stale = text | {"version": text["version"] + 1}
    async with unchanged():
        acts: dict[str, dict[str, Any]] = {
            "acceptance": {"kind": "notice", "column_id": str(subject)},
            "dismissal": {"reason": "无"},
        }
        for act, given in acts.items():
            refused = [
                (await telling.settle(text, act, None, **given)).status_code,
                (await telling.settle(text, act, STRANGER, **given)).status_code,
                (await telling.settle(text, act, LEADER, **given)).status_code,
                (await telling.settle(stale, act, **given)).status_code,
            ]
            assert refused == [401, 404, 403, 412]
    read = await telling.group.send(STRANGER, "GET", f"/v1/participation-texts/{text['id']}")
    assert read.status_code == 404
