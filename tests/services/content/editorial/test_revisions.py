from typing import Any

import pytest

from shared.auth import Permission
from tests.factories.content import COUNTY_EDITOR, EDITOR, LEADER, OFFICE, Group, person
from tests.services.content.conftest import Announced, Unchanged
from tests.support.queries import CountQueries

COLLEAGUE = person(Permission.READ_DRAFTS, Permission.EDIT, at=OFFICE, name="colleague")
TEXT = {"title": "关于开会的通知", "body": "一、时间。\n二、地点。", "source": "市政府办公室"}


async def _revised(group: Group) -> Any:
    """An item with three texts; a colleague added a paragraph to the second."""
    item = await group.draft(**TEXT, doc_no="蚌政〔2026〕1号", keywords=["会议"])
    path = f"/v1/items/{item['id']}"
    longer = {**TEXT, "body": "一、时间。\n\n一、要求。\n二、地点。"}
    second = await group.send(COLLEAGUE, "PUT", path, longer, version=1)
    assert second.status_code == 200, second.text
    third = await group.send(EDITOR, "PUT", path, {**longer, "title": "新题"}, version=2)
    return third.json()


async def test_every_text_is_kept_numbered_and_listed(group: Group) -> None:
    item = await _revised(group)
    assert (item["revision"], item["keywords"]) == (3, [])
    listed = await group.send(LEADER, "GET", f"/v1/items/{item['id']}/revisions?first=2")
    page = listed.json()
    assert [one["number"] for one in page["items"]] == [3, 2]
    rest = await group.send(
        LEADER, "GET", f"/v1/items/{item['id']}/revisions?after={page['next']}"
    )
    assert [one["author"] for one in rest.json()["items"]] == [EDITOR.id]


async def test_a_revision_says_who_wrote_which_paragraph(group: Group) -> None:
    item = await _revised(group)
    shown = await group.send(LEADER, "GET", f"/v1/items/{item['id']}/revisions/3")
    assert [
        (row["author"], row["revision"], row["paragraphs"]) for row in shown.json()["authorship"]
    ] == [
        (EDITOR.id, 1, 1),
        (COLLEAGUE.id, 2, 1),
        (EDITOR.id, 1, 1),
    ]
    first = await group.send(LEADER, "GET", f"/v1/items/{item['id']}/revisions/1")
    assert (first.json()["doc_no"], first.json()["keywords"]) == ("蚌政〔2026〕1号", ["会议"])


async def test_two_revisions_are_compared(group: Group, count_queries: CountQueries) -> None:
    item = await _revised(group)
    path = f"/v1/items/{item['id']}/revisions/3/comparison?since=1"
    with count_queries(1):
        told = (await group.send(LEADER, "GET", path)).json()
    assert [change["field"] for change in told["fields"]] == ["keywords", "title", "doc_no"]
    assert [line["text"] for line in told["body"] if line["act"] == "added"] == ["一、要求。"]


async def test_an_old_text_is_written_anew_and_nothing_is_lost(
    group: Group, announced: Announced
) -> None:
    item = await _revised(group)
    path = f"/v1/items/{item['id']}/revisions/1/restoration"
    done = await group.send(EDITOR, "POST", path, version=item["version"])
    assert done.status_code == 200, done.text
    assert (done.json()["revision"], done.json()["body"]) == (4, TEXT["body"])
    assert done.json()["keywords"] == ["会议"]
    assert (await announced())[-1] == "content.item.revised"
    listed = await group.send(EDITOR, "GET", f"/v1/items/{item['id']}/revisions")
    assert len(listed.json()["items"]) == 4


async def test_restoring_voids_what_was_approved_of_another_text(group: Group) -> None:
    item = await _revised(group)
    item = await group.submit(item)
    item = (await group.review(LEADER, item, "leader")).json()
    path = f"/v1/items/{item['id']}/revisions/2/restoration"
    done = await group.send(EDITOR, "POST", path, version=item["version"])
    assert done.json()["stage"] == "draft"
    again = await group.submit(done.json())
    assert again["stage"] == "in_review"


@pytest.mark.parametrize(
    ("actor", "number", "version", "status"),
    [
        (EDITOR, 9, 3, 404),
        (EDITOR, 1, 2, 412),
        (LEADER, 1, 3, 403),
        (COUNTY_EDITOR, 1, 3, 404),
        (EDITOR, 0, 3, 422),
    ],
)
async def test_a_restoration_is_refused_and_changes_nothing(
    group: Group, unchanged: Unchanged, actor: Any, number: int, version: int, status: int
) -> None:
    item = await _revised(group)
    path = f"/v1/items/{item['id']}/revisions/{number}/restoration"
    async with unchanged():
        refused = await group.send(actor, "POST", path, version=version)
    assert refused.status_code == status, refused.text


async def test_a_strangers_item_has_no_revisions(group: Group) -> None:
    item = await group.draft()
    for tail in ("", "/1", "/1/comparison?since=1"):
        path = f"/v1/items/{item['id']}/revisions{tail}"
        assert (await group.send(COUNTY_EDITOR, "GET", path)).status_code == 404


async def test_metadata_goes_from_draft_to_reader(group: Group) -> None:
    said = {
        "subject": "综合政务/政务公开",
        "genre": "通知",
        "audience": "社会公众",
        "keywords": ["网站", "公开"],
        "byline": "王芳",
        "in_force_on": "2026-03-01",
        "expires_on": "2031-02-28",
        "correction_note": "更正附表一处数字。",
    }
    item = await group.released(**said)
    shown = (await group.send(None, "GET", f"/v1/public/items/{item['id']}")).json()
    assert {name: shown[name] for name in said} == said
    assert shown["language"] == "zh-CN"


async def test_terms_nobody_listed_are_refused_all_at_once(
    group: Group, unchanged: Unchanged
) -> None:
    item = await group.draft()
    wrong = {**TEXT, "subject": "杂项", "genre": "便条", "interprets": item["id"]}
    async with unchanged():
        refused = await group.send(EDITOR, "PUT", f"/v1/items/{item['id']}", wrong, version=1)
    pointers = [fault["pointer"] for fault in refused.json()["faults"]]
    assert pointers == ["/subject", "/genre", "/interprets", "/interprets"]


async def test_the_vocabularies_can_be_read(group: Group) -> None:
    listed = (await group.send(EDITOR, "GET", "/v1/vocabularies")).json()
    assert "综合政务/政务公开" in listed["subject"]
    assert "通知" in listed["genre"]
