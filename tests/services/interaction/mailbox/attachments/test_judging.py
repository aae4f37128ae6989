from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from services.interaction.mailbox.attachments.models import Attachment
from shared.files.adapters.antivirus import ScannerAway
from tests.services.interaction.conftest import CLERK, Mailbox
from tests.services.interaction.mailbox.attachments.conftest import Post, Work
from tests.support import papers
from tests.support.scanners import listening

DANGERS = {
    "macros": ("a.docx", papers.docx(word__vbaProject_DOT_bin=b"x")),
    "script": ("a.pdf", papers.pdf_hiding_a_script()),
    "bomb": ("a.docx", papers.docx(word__media__a_DOT_xml=bytes(300_000_000))),
    "other_extension": ("a.docx", papers.packed({"a.exe": b"MZ"})),
    "encrypted": ("a.doc", papers.ole("EncryptedPackage")),
    "virus": ("a.txt", papers.EICAR),
    "polyglot": ("a.pdf", papers.pdf() + papers.packed({"a.txt": "a"})),
    "too_many_pixels": ("a.png", papers.bomb_png()),
}


async def test_a_file_waits_unreadable_until_it_was_judged(post: Post, work: Work) -> None:
    number = (await post.letter(("现场.jpg", papers.photograph())))["number"]
    (file,) = await post.listed(number)
    assert (file["state"], file["state_label"], file["kind"]) == ("waiting", "等待安全检查", None)
    for form in ("reading", "redacted", "public"):
        answer = await post.read(number, form=form)
        assert answer.status_code in {404, 409}
        assert papers.photograph() not in answer.content
    await work()
    (file,) = await post.listed(number)
    assert (file["state"], file["kind"], file["name"]) == ("ready", "jpeg", "现场.jpg")
    assert (await post.read(number)).status_code == 200


async def test_readers_get_an_image_without_the_place_it_was_taken_at(
    post: Post, work: Work
) -> None:
    number = (await post.letter(("现场.jpg", papers.photograph())))["number"]
    await work()
    read = (await post.read(number)).content
    assert papers.SECRET_PLACE in papers.photograph()
    assert papers.SECRET_PLACE not in read
    image = Image.open(BytesIO(read))
    assert not image.getexif()
    assert image.size == (900, 1200)  # upright, and as large as it was taken


@pytest.mark.parametrize("reason", DANGERS)
async def test_a_dangerous_file_is_refused_by_name_and_deleted(
    post: Post, mailbox: Mailbox, work: Work, reason: str
) -> None:
    number = (await post.letter(DANGERS[reason]))["number"]
    await work()
    (file,) = await post.listed(number)
    assert (file["state"], [each["reason"] for each in file["refusals"]]) == ("refused", [reason])
    assert file["refusals"][0]["detail"]
    assert (await post.read(number)).json()["type"] == "/problems/not-judged"
    assert post.stored() == []
    judged = [data for kind, data in await mailbox.announced() if kind.endswith("judged")]
    assert [each["reasons"] for each in judged] == [[reason]]


async def test_nothing_passes_while_the_virus_scanner_is_away(post: Post, work: Work) -> None:
    number = (await post.letter(("a.pdf", papers.pdf())))["number"]
    async with listening() as scanner:
        address = scanner.address
    with pytest.raises(ScannerAway):
        await work(clamd=address)
    (file,) = await post.listed(number)
    assert (file["state"], file["waiting_for"]) == (
        "waiting",
        "病毒扫描服务暂不可用，恢复后将自动检查。",
    )
    assert (await post.read(number)).status_code == 409
    post.mailbox.clock.pass_by(minutes=1)
    async with listening() as scanner:
        await work(clamd=scanner.address)
        assert scanner.scanned == [papers.pdf()]
    assert (await post.listed(number))[0]["state"] == "ready"


async def test_the_worker_can_open_a_file_only_until_it_is_judged(
    post: Post, mailbox: Mailbox, work: Work
) -> None:
    await post.letter(("a.txt", b"a"), ("a.docx", papers.packed({"a": "a"})))
    async with mailbox.sessions() as session:
        keys = [row.judging_key for row in await session.scalars(select(Attachment))]
    assert all(keys)
    await work()
    async with mailbox.sessions() as session:
        rows = (await session.scalars(select(Attachment).order_by(Attachment.position))).all()
    assert [(row.state.value, row.judging_key) for row in rows] == [
        ("ready", None),
        ("refused", None),
    ]
    assert all(row.scanned_by for row in rows)


async def test_a_letter_may_name_a_file_before_or_after_it_was_judged(
    post: Post, mailbox: Mailbox, work: Work
) -> None:
    before = await post.uploaded("先.txt", "先".encode())
    await work()
    after = await post.uploaded("后.txt", "后".encode())
    number = (await mailbox.dispatched(attachments=[before, after]))["number"]
    await work()
    read = [(await post.read(number, CLERK, at)).content.decode() for at in (0, 1)]
    assert read == ["先", "后"]


async def test_a_letters_files_stay_when_those_of_nobody_go(
    post: Post, mailbox: Mailbox, work: Work
) -> None:
    number = (await post.letter(("a.txt", b"a")))["number"]
    mailbox.clock.pass_by(hours=48)
    await work()
    mailbox.clock.pass_by(hours=48)
    await work()
    assert (await post.read(number)).content == b"a"
