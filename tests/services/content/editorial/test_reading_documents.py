from pathlib import Path

import pytest

from tests.factories.content import EDITOR, Group
from tests.services.content.conftest import Unchanged

REAL = (Path(__file__).parents[3] / "data" / "bengbu-2017-97.txt").read_text("utf-8")


async def test_a_real_document_is_read_into_a_proposal_and_nothing_is_stored(
    group: Group, unchanged: Unchanged
) -> None:
    async with unchanged():
        read = await group.send(EDITOR, "POST", "/v1/documents", {"text": REAL})
    assert read.status_code == 200, read.text
    assert read.json()["doc_no"] == "蚌政办秘〔2017〕97号"
    assert "政府网站" in read.json()["title"]
    assert len(read.json()["body"]) > 1000


async def test_what_was_read_can_be_written_and_submitted(group: Group) -> None:
    read = (await group.send(EDITOR, "POST", "/v1/documents", {"text": REAL})).json()
    kept = {name: read[name] for name in ("title", "body", "doc_no", "written_on")}
    item = await group.submitted(**kept)
    assert item["stage"] == "in_review"
    assert item["doc_no"] == "蚌政办秘〔2017〕97号"


@pytest.mark.parametrize("text", ["", "\x00\x01", "   ", "字" * 200_001, 5, None])
async def test_a_document_nobody_can_read_is_refused(group: Group, text: object) -> None:
    refused = await group.send(EDITOR, "POST", "/v1/documents", {"text": text})
    assert refused.status_code == 422, refused.text


async def test_reading_documents_takes_a_token(group: Group) -> None:
    assert (await group.send(None, "POST", "/v1/documents", {"text": REAL})).status_code == 401
