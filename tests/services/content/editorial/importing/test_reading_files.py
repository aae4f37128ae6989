import pytest

from tests.factories.content import EDITOR, Group
from tests.factories.word import docx, paragraph
from tests.services.content.conftest import Unchanged
from tests.services.content.editorial.importing.test_web_page import WORD
from tests.support.people import bearer

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILE = docx(
    *map(paragraph, ("云溪市水务局关于停水的通知", "各部门：", "请储水。", "2026年3月1日"))
)


async def test_a_page_pasted_from_word_is_read_into_a_proposal(
    group: Group, unchanged: Unchanged
) -> None:
    async with unchanged():
        pasted = {"text": WORD, "format": "html"}
        read = await group.send(EDITOR, "POST", "/v1/documents", pasted)
    assert read.status_code == 200, read.text
    said = read.json()
    assert said["title"] == "云溪市人民政府办公室关于做好防汛工作的通知"
    assert (said["doc_no"], said["written_on"]) == ("云政办〔2026〕6号", "2026-03-01")
    assert said["body"].endswith("值班电话\n单位\t电话\n云溪市人民政府办公室")
    assert said["paragraphs"][0]["level"] == 1
    assert said["links"] == [{"text": "防汛专题", "href": "https://www.yunxi.gov.cn/f"}]
    assert [finding["code"] for finding in said["findings"]] == ["import.style"]


async def test_markdown_is_read_too(group: Group) -> None:
    pasted = {"text": "# 关于停水的通知\n\n请储水。", "format": "markdown"}
    read = await group.send(EDITOR, "POST", "/v1/documents", pasted)
    assert (read.json()["title"], read.json()["body"]) == ("关于停水的通知", "请储水。")


async def test_a_word_file_is_read_into_a_proposal(group: Group, unchanged: Unchanged) -> None:
    headers = {"Content-Type": DOCX, **bearer(EDITOR)}
    async with unchanged():
        read = await group.client.post("/v1/documents/file", content=FILE, headers=headers)
    assert read.status_code == 200, read.text
    assert read.json()["title"] == "云溪市水务局关于停水的通知"
    assert read.json()["written_on"] == "2026-03-01"


@pytest.mark.parametrize("content", [b"", b"no archive", b"{}"])
async def test_a_file_nobody_can_read_is_refused(group: Group, content: bytes) -> None:
    headers = {"Content-Type": DOCX, **bearer(EDITOR)}
    refused = await group.client.post("/v1/documents/file", content=content, headers=headers)
    assert refused.status_code == 422, refused.text


async def test_markup_that_would_not_end_is_refused_by_name(group: Group) -> None:
    pasted = {"text": "<div>" * 2000, "format": "html"}
    refused = await group.send(EDITOR, "POST", "/v1/documents", pasted)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/tangled-markup")


async def test_reading_files_takes_a_token(group: Group) -> None:
    refused = await group.client.post("/v1/documents/file", content=FILE)
    assert refused.status_code == 401
