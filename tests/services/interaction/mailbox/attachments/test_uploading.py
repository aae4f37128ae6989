from datetime import timedelta
from secrets import token_bytes
from uuid import UUID

import pytest
from sqlalchemy import select

from services.interaction.citizens.sealing import Keyring, WritingKey
from services.interaction.mailbox.attachments import place, queries
from services.interaction.mailbox.attachments.adapters import Reception
from services.interaction.mailbox.attachments.commands import arriving
from services.interaction.mailbox.attachments.limits import limits
from services.interaction.mailbox.attachments.models import Attachment, AttachmentUploads
from services.interaction.mailbox.attachments.sealing import FileKey, unwrap_for_letter
from shared.auth import ANYONE, system
from shared.files.limits import MIB
from shared.ids import new_id
from shared.uow import BeginAs
from tests.services.interaction.conftest import LETTER, Mailbox
from tests.services.interaction.mailbox.attachments.conftest import Post, Work
from tests.support import papers

NAME = "张三的身份证.jpg"


async def faults(mailbox: Mailbox, *claims: str) -> list[tuple[str, str]]:
    written = {**LETTER, "attachments": list(claims)}
    answer = await mailbox.client.post("/v1/public/letters", json=written)
    assert answer.status_code == 422, answer.text
    return [(fault["pointer"], fault["code"]) for fault in answer.json()["faults"]]


async def test_a_file_comes_in_without_an_account_and_is_claimed_once(
    post: Post, mailbox: Mailbox
) -> None:
    answer = await post.upload(NAME)
    claim = answer.json()
    assert (claim["name"], claim["size"]) == (NAME, len(papers.photograph()))
    assert claim["expires_at"].startswith("2026-03-03")
    receipt = await mailbox.write(attachments=[claim["claim"]])
    assert "attachments" not in receipt
    assert await faults(mailbox, claim["claim"]) == [("/attachments/0", "used")]


async def test_all_that_is_wrong_with_claims_is_told_at_once(
    post: Post, mailbox: Mailbox, work: Work
) -> None:
    stale = await post.uploaded()
    mailbox.clock.pass_by(hours=limits().claim_hours)
    bad = await post.uploaded("a.jpg", papers.image() + papers.packed({"a": "a"}))
    good = await post.uploaded()
    assert await faults(mailbox, "x" * 43, stale, good, good) == [
        ("/attachments/0", "unknown"),
        ("/attachments/1", "expired"),
        ("/attachments/2", "duplicate"),
        ("/attachments/3", "duplicate"),
    ]
    await work()
    assert await faults(mailbox, bad, stale) == [
        ("/attachments/0", "refused"),
        ("/attachments/1", "unknown"),
    ]
    written = {**LETTER, "attachments": [bad], "site_code": "3403999999"}
    answer = await mailbox.client.post("/v1/public/letters", json=written)
    pointers = [fault["pointer"] for fault in answer.json()["faults"]]
    assert pointers == ["/site_code", "/attachments/0"]
    assert [type_ for type_, _ in await mailbox.announced()].count(
        "interaction.letter.received"
    ) == 0


async def test_no_more_files_come_than_a_letter_may_carry(post: Post, mailbox: Mailbox) -> None:
    claims = [await post.uploaded() for _ in range(limits().most_files + 1)]
    assert await faults(mailbox, *claims) == [("/attachments", "too_many")]
    await mailbox.write(attachments=claims[1:])


async def test_a_letter_that_is_refused_spends_no_claim(post: Post, mailbox: Mailbox) -> None:
    claim = await post.uploaded()
    assert await faults(mailbox, claim, "x" * 43) == [("/attachments/1", "unknown")]
    await mailbox.write(attachments=[claim])


@pytest.mark.parametrize("claim", ["", "x" * 42, "x" * 44, "'" * 43, str(UUID(int=1))])
async def test_what_is_no_claim_is_not_looked_for(mailbox: Mailbox, claim: str) -> None:
    assert (await faults(mailbox, claim))[0][0] == "/attachments/0"


async def test_a_file_that_no_letter_names_is_deleted_after_a_day(
    post: Post, mailbox: Mailbox, work: Work
) -> None:
    await post.uploaded()
    kept = await post.uploaded()
    await mailbox.write(attachments=[kept])
    await work()
    assert len(post.stored()) == 6  # each as it came, as read and as on a page
    mailbox.clock.pass_by(hours=limits().claim_hours)
    await work()
    assert len(post.stored()) == 3
    async with mailbox.sessions() as session:
        assert len((await session.scalars(select(Attachment))).all()) == 1
    removed = [kind for kind, _ in await mailbox.announced() if kind.endswith("removed")]
    assert removed == ["interaction.attachment.removed"]


async def test_nothing_of_a_file_lies_open_nor_its_name_nor_the_claim(
    post: Post, mailbox: Mailbox, work: Work
) -> None:
    data = "我叫李小龙".encode()
    claim = await post.uploaded("李小龙的证言.txt", data)
    await work()
    await mailbox.write(attachments=[claim])
    assert all(data not in stored for stored in post.stored())
    async with mailbox.sessions() as session:
        (row,) = await session.scalars(select(Attachment))
    kept = repr({name: value for name, value in vars(row).items() if name[0] != "_"})
    said = repr(await mailbox.announced())
    for secret in ("李小龙", claim, "证言"):
        assert secret not in kept
        assert secret.encode() not in row.sealed_name
        assert secret not in said


async def test_each_claim_is_another(post: Post) -> None:
    assert len({await post.uploaded() for _ in range(3)}) == 3


async def test_an_upload_that_is_cut_off_leaves_nothing_for_long(
    post: Post, mailbox: Mailbox, work: Work, begin: BeginAs, reception: Reception
) -> None:
    async with begin(ANYONE, "cut off") as uow:
        file = await arriving.begin_upload(uow, b"somewhere")
    key = FileKey(bytes(32), file)
    await reception.vault.put(key, b"data", place.ORIGINAL, place.of(file, place.ORIGINAL))
    await work()
    assert len(post.stored()) == 1
    mailbox.clock.pass_by(minutes=61)
    await work()
    assert post.stored() == []


async def test_a_file_waits_for_its_letter_while_the_mailboxs_key_is_replaced(
    post: Post, begin: BeginAs
) -> None:
    claim = await post.uploaded()
    new = Keyring(
        "another secret of the mailbox in tests", ["a secret for the tests of the mailbox"]
    )
    async with begin(system("test"), "rewrap") as uow:
        assert await arriving.rewrap_some(uow, new, token_bytes) == 1
        assert await arriving.rewrap_some(uow, new, token_bytes) == 0
        (row,) = (await arriving.find(uow, [claim])).files
        key = WritingKey(bytes(32), "1")
        arriving.claim(
            uow,
            [row],
            new_id(),
            key,
            Keyring("another secret of the mailbox in tests"),
            token_bytes,
        )
        assert queries.name(row, unwrap_for_letter(row.wrapped_key, row.id, key)) == "现场.jpg"
        await uow.session.rollback()


async def test_counts_of_uploads_are_forgotten(post: Post, mailbox: Mailbox, work: Work) -> None:
    await post.uploaded()
    mailbox.clock.now += timedelta(minutes=limits().per_source.minutes)
    await work()
    async with mailbox.sessions() as session:
        assert (await session.scalars(select(AttachmentUploads))).all() == []


def test_a_citizens_photograph_and_scan_may_be_as_large_as_people_make_them() -> None:
    assert limits().most_bytes == 10 * MIB
    assert {"doc", "xls", "txt", "jpeg", "gif"} <= limits().kinds  # as in Shenyang
    assert not {"zip", "mp4", "mp3", "pptx"} & limits().kinds
