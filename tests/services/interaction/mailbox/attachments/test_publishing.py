from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from PIL import Image
from sqlalchemy import select

from services.interaction.mailbox.attachments.commands import leaving
from services.interaction.mailbox.attachments.models import Attachment, PublishedAttachment
from shared.auth import system
from shared.uow import BeginAs
from tests.services.interaction.conftest import ANSWER, CLERK, DISPATCHER, HEAD, LETTER, Mailbox
from tests.services.interaction.mailbox.attachments.conftest import Post, Work
from tests.support import papers, people

NAME = "李小龙13855201234.jpg"
TESTIMONY = "我是李小龙，电话13855201234，身份证110101199003074477，路灯在东海大道。"


async def answered(post: Post, work: Work, *files: tuple[str, bytes]) -> str:
    claims = [await post.uploaded(*file) for file in files]
    receipt = await post.mailbox.answered(ANSWER, attachments=claims)
    await work()
    return str(receipt["number"])


async def publish(post: Post, number: str) -> Any:
    proposed = await post.mailbox.act(DISPATCHER, number, "publication")
    if proposed.status_code != 200:
        return proposed
    return await post.mailbox.let_out(number, proposed.json()["rendition_hash"])


async def shown(post: Post, number: str) -> list[dict[str, Any]]:
    answer = await post.mailbox.client.get(f"/v1/public/letters/{number}/publication")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["attachments"]
    return found


async def test_an_image_is_published_as_pixels_under_a_neutral_name(
    post: Post, work: Work
) -> None:
    number = await answered(post, work, (NAME, papers.photograph()))
    decided = await post.decide(number, publish=True)
    assert decided.status_code == 200, decided.text
    preview = await post.read(number, HEAD, form="public")
    assert (await publish(post, number)).status_code == 200
    (public,) = await shown(post, number)
    assert (public["name"], public["withheld"]) == ("附件1.jpg", None)
    given = await post.mailbox.client.get(public["path"])
    assert given.status_code == 200
    assert given.content == preview.content
    assert unquote(given.headers["content-disposition"]).endswith("''附件1.jpg")
    assert papers.SECRET_PLACE not in given.content
    assert Image.open(BytesIO(given.content)).width == 800
    assert public["sha256"] == given.headers["etag"].strip('"')


async def test_a_text_is_published_masked(post: Post, work: Work) -> None:
    number = await answered(post, work, ("证言.txt", TESTIMONY.encode("gb18030")))
    await post.decide(number, publish=True)
    await publish(post, number)
    (public,) = await shown(post, number)
    text = (await post.mailbox.client.get(public["path"])).content.decode()
    assert "东海大道" in text
    for secret in ("李小龙", "13855201234", "110101199003074477"):
        assert secret not in text
    assert (await post.read(number)).content == TESTIMONY.encode("gb18030")


async def test_one_that_is_withheld_leaves_a_mark_with_its_reason(post: Post, work: Work) -> None:
    number = await answered(post, work, ("a.txt", b"a"), (NAME, papers.photograph()))
    await post.decide(number, publish=True)
    await post.decide(number, at=1, publish=False, reason="照片中有他人面部")
    await publish(post, number)
    first, second = await shown(post, number)
    assert first["name"] == "附件1.txt"
    assert second == {
        "name": "附件2",
        "withheld": "照片中有他人面部",
        "mime": None,
        "size": None,
        "sha256": None,
        "path": None,
    }


@pytest.mark.parametrize("decision", [{"publish": False}, {"publish": True, "reason": "无"}])
async def test_a_reason_stands_where_something_is_withheld_and_only_there(
    post: Post, work: Work, decision: dict[str, Any]
) -> None:
    number = await answered(post, work, ("a.txt", b"a"))
    assert (await post.decide(number, **decision)).status_code == 422


async def test_a_letter_is_not_published_before_each_file_was_decided_upon(
    post: Post, work: Work, mailbox: Mailbox
) -> None:
    number = await answered(post, work, ("a.txt", b"a"), ("b.txt", b"b"))
    await post.decide(number, publish=True)
    before = await mailbox.announced()
    refused = await publish(post, number)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/not-decided")
    assert await mailbox.announced() == before
    async with mailbox.sessions() as session:
        assert (await session.scalars(select(PublishedAttachment))).all() == []


async def test_a_file_that_was_refused_is_marked_without_anybodys_decision(
    post: Post, work: Work
) -> None:
    number = await answered(post, work, ("a.docx", papers.docx(word__vbaProject_DOT_bin=b"x")))
    await publish(post, number)
    assert [each["withheld"] for each in await shown(post, number)] == ["未通过安全检查，已删除。"]


DOCUMENTS = {
    "a.pdf": papers.pdf("a"),
    "a.docx": papers.docx("路灯"),
    "a.xlsx": papers.xlsx(("a",)),
}


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_a_document_is_never_published_as_it_came(post: Post, work: Work, name: str) -> None:
    number = await answered(post, work, (name, DOCUMENTS[name]))
    refused = await post.decide(number, publish=True)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/needs-redaction")


async def test_a_redacted_copy_is_judged_checked_and_published_in_its_place(
    post: Post, work: Work
) -> None:
    number = await answered(post, work, ("李小龙.docx", papers.docx(TESTIMONY)))
    copy = papers.docx("路灯在东海大道。")
    added = await post.redact(number, "李小龙-脱敏.docx", copy)
    assert added.status_code == 201, added.text
    assert added.json()["redacted"]["state"] == "waiting"
    assert (await post.decide(number, publish=True)).json()["type"] == "/problems/not-judged"
    await work()
    assert (await post.read(number, CLERK, form="redacted")).content == copy
    assert (await post.decide(number, publish=True)).status_code == 200
    await publish(post, number)
    (public,) = await shown(post, number)
    assert public["name"] == "附件1.docx"
    assert (await post.mailbox.client.get(public["path"])).content == copy


LEAKING = {
    "the writer's name": papers.docx("李 小 龙说路灯坏了。"),
    "a number": papers.docx("电话13900001111。"),
    "in the properties": papers.docx(
        "路灯", docProps__core_DOT_xml="<p><creator>李小龙</creator></p>"
    ),
}


@pytest.mark.parametrize("where", LEAKING)
async def test_a_copy_that_still_tells_of_a_person_is_not_published(
    post: Post, work: Work, where: str
) -> None:
    number = await answered(post, work, ("a.docx", papers.docx()))
    await post.redact(number, "b.docx", LEAKING[where])
    await work()
    refused = await post.decide(number, publish=True)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/not-redacted")
    assert "李" not in refused.text


async def test_a_scan_that_cannot_be_searched_is_not_published(post: Post, work: Work) -> None:
    number = await answered(post, work, ("a.pdf", papers.pdf("a")))
    await post.redact(number, "b.pdf", papers.scanned_pdf("1"))
    await work()
    assert (await post.decide(number, publish=True)).json()["type"] == "/problems/not-redacted"
    await post.redact(number, "b.png", papers.noted_png())
    await work()
    assert (await post.decide(number, publish=True)).status_code == 200
    assert papers.SECRET_PLACE not in (await post.read(number, HEAD, form="public")).content


async def test_another_copy_makes_the_decision_void(post: Post, work: Work) -> None:
    number = await answered(post, work, (NAME, papers.photograph()))
    await post.decide(number, publish=True)
    (seen,) = await post.listed(number)
    await post.redact(number, "b.png", papers.image("PNG"))
    (changed,) = await post.listed(number)
    assert changed["decision"] is None
    assert changed["version"] > seen["version"]
    await work()
    assert (await publish(post, number)).json()["type"] == "/problems/not-decided"


async def test_a_rendition_that_nobody_came_to_decide_upon_goes(post: Post, work: Work) -> None:
    number = await answered(post, work, ("a.txt", b"a"))
    await post.decide(number, publish=True)
    (seen,) = await post.listed(number)
    headers = people.bearer(HEAD) | {"If-Match": '"1"'}
    path = f"{await post.path(number)}/attachments/{seen['id']}/decision"
    stale = await post.mailbox.client.put(path, json={"publish": True}, headers=headers)
    assert stale.status_code == 412
    assert len(post.stored()) == 3
    post.mailbox.clock.pass_by(minutes=61)
    await work()
    assert len(post.stored()) == 2


async def test_a_second_review_binds_the_files_too(post: Post, work: Work) -> None:
    number = await answered(post, work, ("a.txt", b"a"))
    await post.decide(number, publish=False, reason="与答复无关")
    proposed = (await post.mailbox.act(DISPATCHER, number, "publication")).json()
    assert [each["withheld"] for each in proposed["attachments"]] == ["与答复无关"]
    await post.decide(number, publish=True)
    refused = await post.mailbox.let_out(number, proposed["rendition_hash"])
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/rendition-changed")
    again = await publish(post, number)
    assert again.status_code == 200
    assert [each["name"] for each in await shown(post, number)] == ["附件1.txt"]


async def test_a_letter_that_is_taken_down_takes_its_files_along(post: Post, work: Work) -> None:
    number = await answered(post, work, ("a.txt", b"a"))
    await post.decide(number, publish=True)
    await publish(post, number)
    (public,) = await shown(post, number)
    down = await post.mailbox.act(HEAD, number, "publication/withdrawal", reason="来信人要求")
    assert down.status_code == 200
    assert (await post.mailbox.client.get(public["path"])).status_code == 404
    assert (await publish(post, number)).status_code == 200
    assert (await post.mailbox.client.get(public["path"])).content == b"a"


async def test_nothing_is_public_before_its_letter_is(post: Post, work: Work) -> None:
    number = await answered(post, work, ("a.txt", b"secret"))
    await post.decide(number, publish=True)
    path = f"/v1/public/letters/{number}/publication/attachments/附件1.txt"
    assert (await post.mailbox.client.get(path)).status_code == 404
    assert all(b"secret" not in stored for stored in post.stored())
    await publish(post, number)
    assert (await post.mailbox.client.get(path)).content == b"secret"
    for other in ("附件2.txt", "a.txt", "附件1", "..%2F附件1.txt"):
        await_other = await post.mailbox.client.get(path.replace("附件1.txt", other))
        assert await_other.status_code == 404
    assert all(b"secret" not in stored for stored in post.stored())


async def test_erasing_a_letter_leaves_none_of_its_files(
    post: Post, work: Work, begin: BeginAs
) -> None:
    number = await answered(post, work, ("a.txt", b"a"), (NAME, papers.photograph()))
    other = await post.letter(("c.txt", b"c"))
    await post.redact(number, "b.png", papers.image("PNG"), at=1)
    await work()
    for at in (0, 1):
        await post.decide(number, at=at, publish=True)
    await publish(post, number)
    (public, _) = await shown(post, number)
    letter = await post.mailbox.row(number)
    async with begin(system("test"), "erase") as uow:
        assert await leaving.erase(uow, letter.id, number) == 3
    await work()
    assert (await post.mailbox.client.get(public["path"])).status_code == 404
    assert len(post.stored()) == 1
    async with post.mailbox.sessions() as session:
        left = (await session.scalars(select(Attachment))).all()
    assert [row.letter_id for row in left] == [(await post.mailbox.row(other["number"])).id]
    async with begin(system("test"), "erase") as uow:
        assert await leaving.erase(uow, letter.id, number) == 0


async def test_no_event_tells_what_a_file_is_called_or_says(post: Post, work: Work) -> None:
    number = await answered(post, work, ("李小龙.txt", TESTIMONY.encode()))
    await post.redact(number, "李小龙-脱敏.txt", b"a")
    await work()
    await post.decide(number, publish=True)
    await publish(post, number)
    announced = await post.mailbox.announced()
    kinds = [kind.removeprefix("interaction.") for kind, _ in announced if "attachment" in kind]
    assert kinds == [
        "attachment.received",
        "attachment.claimed",
        "attachment.judged",
        "attachment.received",
        "attachment.judged",
        "attachment.decided",
    ]
    said = repr([data for _, data in announced])
    assert LETTER["writer"]["name"] not in said
    assert "13855201234" not in said
