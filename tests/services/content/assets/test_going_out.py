"""Files from an item's draft to its readers, and gone with it."""

from typing import Any

import pytest

from tests.factories.content import COUNTY_EDITOR, COUNTY_SITE, EDITOR, LEADER, SECRECY
from tests.services.content.assets.conftest import Office, Work
from tests.services.content.conftest import Unchanged
from tests.support import papers

NUMBER = "11010519491231002X"


async def _named(office: Office) -> dict[str, Any]:
    """An item's files, just uploaded."""
    picture = await office.uploaded("a.jpg", papers.image())
    document = await office.uploaded("b.docx", papers.docx("附件正文"))
    return {
        "images": [{"asset_id": picture["id"], "alt": "会场照片"}],
        "attachments": [{"asset_id": document["id"], "title": "附件一"}],
        "links": [{"text": "蚌埠市人民政府", "href": "https://www.bengbu.gov.cn/"}],
    }


async def _cleared(office: Office, item: Any) -> Any:
    item = await office.group.submit(item)
    item = (await office.group.review(LEADER, item, "leader")).json()
    return (await office.group.review(SECRECY, item, "secrecy")).json()


async def test_files_go_out_with_their_item_and_leave_with_it(office: Office, work: Work) -> None:
    group = office.group
    files = await _named(office)
    item = await group.draft(kind="news", **files)
    await work()
    item = await _cleared(office, item)
    assert (await group.release(item)).status_code == 201
    address = f"/v1/public/items/{item['id']}"
    shown = (await group.client.get(address)).json()
    assert [(file["family"], file["alt"], file["title"]) for file in shown["files"]] == [
        ("image", "会场照片", None),
        ("document", None, "附件一"),
    ]
    assert shown["links"] == files["links"]
    forms = [form for file in shown["files"] for form in file["forms"]]
    assert {form["width"] for form in forms if form["use"] == "page"} == {800}
    for form in forms:
        read = await group.client.get(form["url"])
        assert (read.status_code, len(read.content)) == (200, form["size"])
        assert read.headers["Content-Type"] == form["mime"]
    share = (await group.client.get(f"{address}/share")).json()
    assert "og:image" in [one["name"] for one in share["open_graph"]]
    labels = (await group.client.get(f"{address}/labels")).json()
    assert "Image" in [one["name"] for one in labels["labels"]]
    await group.withdraw(item)
    for form in forms:
        assert (await group.client.get(form["url"])).status_code == 404


async def test_a_draft_keeps_its_files_from_everybody_outside(office: Office, work: Work) -> None:
    files = await _named(office)
    await office.group.draft(kind="news", **files)
    await work()
    for name in ("page.jpg", "full.jpg", "original"):
        asset = files["images"][0]["asset_id"]
        answer = await office.group.client.get(f"/v1/public/assets/{asset}/{name}")
        assert answer.status_code == 404


async def test_a_text_waits_for_its_files_before_it_is_reviewed(
    office: Office, work: Work, unchanged: Unchanged
) -> None:
    files = await _named(office)
    item = await office.group.draft(kind="news", **files)
    path = f"/v1/items/{item['id']}/submission"
    async with unchanged():
        refused = await office.group.send(EDITOR, "POST", path, version=1)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/files-not-ready")
    assert len(refused.json()["files"]) == 2
    await work()
    assert (await office.group.submit(item))["stage"] == "in_review"


async def test_what_stands_in_an_attachment_is_checked_like_the_text(
    office: Office, work: Work
) -> None:
    document = await office.uploaded("名单.txt", f"张三，身份证号{NUMBER}。".encode())
    attached = [{"asset_id": document["id"], "title": "名单"}]
    item = await office.group.draft(kind="news", attachments=attached)
    assert item["findings"] == []
    await work()
    path = f"/v1/items/{item['id']}/submission"
    refused = await office.group.send(EDITOR, "POST", path, version=1)
    assert [(found["code"], found["field"]) for found in refused.json()["findings"]] == [
        ("personal_data.identity_number", "attachments/0")
    ]
    assert NUMBER not in refused.text


async def test_pictures_need_words_for_who_cannot_see_them(office: Office, work: Work) -> None:
    picture = await office.uploaded("a.jpg", papers.image())
    await work()
    missing = await office.group.draft(kind="news", images=[{"asset_id": picture["id"]}])
    assert [found["code"] for found in missing["findings"]] == ["form.image_without_alt"]
    adorning = [{"asset_id": picture["id"], "alt": ""}]
    assert (await office.group.draft(kind="news", images=adorning))["findings"] == []


async def test_another_file_under_the_same_words_is_another_text(
    office: Office, work: Work
) -> None:
    first = await office.uploaded("a.docx", papers.docx("甲"))
    other = await office.uploaded("b.docx", papers.docx("乙"))
    await work()
    hashes = {
        (
            await office.group.draft(
                kind="news", attachments=[{"asset_id": asset["id"], "title": "附件"}]
            )
        )["content_hash"]
        for asset in (first, other)
    }
    assert len(hashes) == 2


@pytest.mark.parametrize("stranger", [True, False])
async def test_a_file_of_another_site_or_of_none_is_refused(
    office: Office, unchanged: Unchanged, *, stranger: bool
) -> None:
    asset = "01a00000-0000-7000-8000-000000000000"
    if stranger:
        done = await office.upload(actor=COUNTY_EDITOR, site=COUNTY_SITE)
        assert done.status_code == 201, done.text
        asset = done.json()["id"]
    item = await office.group.draft(kind="news")
    text = {"title": "标题", "body": "正文", "source": "办公室"}
    attached = {**text, "attachments": [{"asset_id": asset, "title": "附件"}]}
    async with unchanged():
        refused = await office.group.send(
            EDITOR, "PUT", f"/v1/items/{item['id']}", attached, version=1
        )
    assert refused.status_code == 404


async def test_what_could_not_be_read_in_an_attachment_holds_it_up(
    office: Office, work: Work
) -> None:
    archive = papers.packed({"说明.txt": "说明", "身份证.jpg": papers.image()})
    scans = await office.uploaded("a.zip", archive)
    attached = [{"asset_id": scans["id"], "title": "材料"}]
    item = await office.group.draft(kind="news", attachments=attached)
    await work()
    path = f"/v1/items/{item['id']}/submission"
    refused = await office.group.send(EDITOR, "POST", path, version=1)
    assert refused.status_code == 422
    assert [(one["field"], one["code"]) for one in refused.json()["findings"]] == [
        ("attachments/0", "form.attachment_partly_read")
    ]
    code = "form.attachment_partly_read"
    waived = {"code": code, "field": "attachments/0", "reason": "已核对"}
    item = await office.group.revised(item, attachments=attached, waivers=[waived])
    assert item["stage"] == "cleared"
