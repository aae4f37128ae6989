from typing import Any

import pytest

from tests.factories.content import EDITOR, Group
from tests.services.content.conftest import Unchanged

BLOCKED = {
    "personal_data.identity_number": "身份证号码11010519491231002X，请核对。",
    "secrecy.grade": "现印发有关材料。\n绝密★长期\n请查收。",
    "form.html_tag": "现将<b>名单</b>公布如下。",
}


@pytest.mark.parametrize("code", BLOCKED)
async def test_a_text_with_a_blocking_finding_is_not_submitted(
    group: Group, unchanged: Unchanged, code: str
) -> None:
    body = BLOCKED[code]
    item = await group.draft(kind="news", body=body)
    assert code in [finding["code"] for finding in item["findings"]]
    async with unchanged():
        path = f"/v1/items/{item['id']}/submission"
        refused = await group.send(EDITOR, "POST", path, version=item["version"])
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/not-ready")
    finding = next(found for found in refused.json()["findings"] if found["code"] == code)
    assert finding["field"] == "body"
    marked = body[finding["start"] : finding["end"]]
    assert marked in {"11010519491231002X", "绝密★长期", "<b>"}
    assert finding["message"]
    assert finding["suggestion"]


async def test_the_number_a_finding_warns_of_is_told_nowhere(group: Group) -> None:
    item = await group.draft(kind="news", body=BLOCKED["personal_data.identity_number"])
    assert "11010519491231002X" not in str(item["findings"])


@pytest.mark.parametrize("field", ["title", "summary"])
async def test_title_and_summary_are_checked_too(group: Group, field: str) -> None:
    item = await group.draft(kind="news", **{field: "密级：机密"})
    assert [(found["field"], found["code"]) for found in item["findings"]] == [
        (field, "secrecy.grade")
    ]


async def test_a_warning_does_not_hold_a_text_up(group: Group) -> None:
    item = await group.submitted(kind="news", body="联系电话：13800138000。")
    assert item["stage"] == "in_review"
    assert [found["severity"] for found in item["findings"]] == ["warning"]


async def test_a_text_put_right_is_submitted(group: Group) -> None:
    item: Any = await group.draft(kind="news", body=BLOCKED["form.html_tag"])
    text = {"title": "公布名单", "body": "现将名单公布如下。", "source": "办公室"}
    path = f"/v1/items/{item['id']}"
    item = (await group.send(EDITOR, "PUT", path, text, version=item["version"])).json()
    assert item["findings"] == []
    assert (await group.submit(item))["stage"] == "in_review"


async def test_a_text_in_a_column_of_another_kind_is_noticed(group: Group) -> None:
    item = await group.draft(kind="news", column_id=group.columns["policies"])
    assert [(found["code"], found["severity"]) for found in item["findings"]] == [
        ("form.misplaced", "warning")
    ]
