"""What strangers try with files: each is refused by name, and the service stays up."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select

from services.interaction.mailbox.attachments.limits import limits
from services.interaction.mailbox.attachments.models import AttachmentUploads
from shared.files.limits import MIB
from tests.services.interaction.conftest import LETTER
from tests.services.interaction.mailbox.attachments.conftest import Post, Work
from tests.support import papers

ADDRESS = "/v1/public/letter-attachments"
FORM = {"Content-Type": "multipart/form-data; boundary=xyz"}
HEAD = b'--xyz\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
TAIL = b"\r\n--xyz--\r\n"


class Sender:
    """A body that notes how much of it was asked for."""

    def __init__(self, size: int, head: bytes = HEAD) -> None:
        self.size, self.head, self.sent = size, head, 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.head
        while self.sent < self.size:
            self.sent += 256 * 1024
            yield b"a" * 256 * 1024
        yield TAIL


async def send(post: Post, body: Any, **headers: str) -> tuple[int, str]:
    answer = await post.mailbox.client.post(ADDRESS, content=body, headers={**FORM, **headers})
    return answer.status_code, answer.json().get("type", "")


async def test_a_body_of_100_mb_is_refused_before_any_of_it_is_read(post: Post) -> None:
    sender = Sender(100 * MIB)
    refused = await send(post, sender, **{"Content-Length": str(100 * MIB)})
    assert refused == (413, "/problems/attachment-too-large")
    assert sender.sent == 0
    assert post.stored() == []
    async with post.mailbox.sessions() as session:
        assert (await session.scalars(select(AttachmentUploads))).all() == []  # nor is it noted


async def test_a_body_that_is_longer_than_it_says_is_cut_off(post: Post) -> None:
    sender = Sender(100 * MIB)
    assert (await send(post, sender, **{"Content-Length": "1000"}))[0] == 413
    assert sender.sent <= MIB
    assert post.stored() == []


async def test_a_body_that_is_shorter_than_it_says_is_no_file(post: Post) -> None:
    refused = await send(post, HEAD + b"a", **{"Content-Length": "100000"})
    assert refused == (400, "/problems/unreadable-form")
    assert post.stored() == []


@pytest.mark.parametrize("length", [None, "-1", "1e3", "٣", "many"])
async def test_a_body_that_does_not_say_how_long_it_is_is_not_read(
    post: Post, length: str | None
) -> None:
    sender = Sender(MIB)
    told = {"Transfer-Encoding": "chunked"} if length is None else {}
    if length is not None and length.isascii():
        told = {"Content-Length": length}
    assert await send(post, sender, **told) == (411, "/problems/length-required")
    assert sender.sent == 0


async def test_a_file_one_byte_too_large_is_refused_and_the_largest_is_not(post: Post) -> None:
    most = limits().most_bytes
    refused = await post.upload("a.txt", b"a" * (most + 1))
    assert (refused.status_code, refused.json()["most"]) == (413, most)
    assert (await post.upload("a.txt", b"a" * most)).status_code == 201


ELSE = {
    "a page called an image": ("a.jpg", b"<html><script>alert(1)</script>"),
    "a page called a text": ("a.txt", b"<!DOCTYPE html><p>a"),
    "a drawing with a script": ("a.svg", b"<svg onload='alert(1)'/>"),
    "a program": ("a.exe", b"MZ" + bytes(5000)),
    "a program called an image": ("a.jpg", b"MZ" + bytes(5000)),
    "a program behind an image's name": ("现场.jpg.exe", papers.image()),
    "an archive": ("a.zip", papers.packed({"a.txt": "a"})),
    "a film": ("a.mp4", papers.MP4),
    "a script behind GIF's first signs": ("a.js", b"GIF89a=1;alert(1)"),
    "a file without an extension": ("jpg", papers.image()),
    "nothing": ("a.txt", b""),
}


@pytest.mark.parametrize("what", ELSE)
async def test_what_is_no_file_of_a_letter_is_refused_at_once(post: Post, what: str) -> None:
    refused = await post.upload(*ELSE[what])
    assert refused.status_code == 422
    assert refused.json()["type"] in {"/problems/unaccepted-kind", "/problems/other-extension"}
    assert "zip" not in refused.json().get("accepted", [])
    assert post.stored() == []


POLYGLOTS = {
    "GIF and script": ("a.gif", b"GIF89a/*" + papers.moving_gif()[8:] + b"*/=1;alert(1)"),
    "GIF and page": ("a.gif", papers.moving_gif() + b"<script>alert(1)</script>"),
    "script with GIF's signs": ("a.gif", b"GIF89a=1;alert(1)//" + bytes(5000)),
    "PDF and archive": ("a.pdf", papers.pdf() + papers.packed({"a.txt": "a"})),
    "image and archive": ("a.jpg", papers.image() + papers.packed({"a.exe": b"MZ"})),
}


@pytest.mark.parametrize("what", POLYGLOTS)
async def test_nobody_is_given_a_file_that_is_two(post: Post, work: Work, what: str) -> None:
    number = (await post.letter(POLYGLOTS[what]))["number"]
    await work()
    (file,) = await post.listed(number)
    assert file["state"] == "refused"
    assert (await post.read(number)).status_code == 409
    assert post.stored() == []


NAMES = {
    "../../etc/passwd.txt": "passwd.txt",
    "C:\\Users\\张三\\a.txt": "a.txt",
    "a\u202etxt.txt": "atxt.txt",
    "a\u200b\ufeff\u200e.txt": "a.txt",
    'a"; filename="b.txt': "a%22; filename=%22b.txt",
    "a\r\nX-Evil: 1.txt": "a%0D%0AX-Evil: 1.txt",
    "长" * 300 + ".txt": "长" * 184 + ".txt",
}


@pytest.mark.parametrize("given", NAMES)
async def test_a_name_cannot_lead_anywhere_or_deceive(post: Post, work: Work, given: str) -> None:
    number = (await post.letter((given, b"a")))["number"]
    await work()
    (file,) = await post.listed(number)
    assert file["name"] == NAMES[given]
    headers = (await post.read(number)).headers
    assert "x-evil" not in headers
    assert headers["content-disposition"].isascii()
    assert not {"/", "\\", '"'} & set(headers["content-disposition"].partition("UTF-8''")[2])


async def test_what_else_is_in_the_form_is_refused(post: Post) -> None:
    field = b'--xyz\r\nContent-Disposition: form-data; name="letter_id"\r\n\r\n1\r\n'
    body = field + HEAD + b"a" + TAIL
    answer = await post.mailbox.client.post(ADDRESS, content=body, headers=FORM)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["faults"]] == ["/letter_id"]


async def test_a_flood_of_uploads_from_one_address_is_stopped_and_letters_go_on(
    post: Post,
) -> None:
    few = limits().per_source.uploads
    admitted = [(await post.upload("a.txt", b"a")).status_code for _ in range(few)]
    assert set(admitted) == {201}
    held = post.stored()
    for _ in range(200):
        refused = await post.upload("a.txt", b"a")
        assert refused.status_code == 429
    assert refused.json()["type"] == "/problems/too-many-uploads"
    assert 0 < int(refused.headers["Retry-After"]) <= limits().per_source.minutes * 60
    assert post.stored() == held
    await post.mailbox.write()
    post.mailbox.clock.pass_by(seconds=int(refused.headers["Retry-After"]))
    assert (await post.upload("a.txt", b"a")).status_code == 201


async def test_an_address_that_invents_where_it_comes_from_is_counted_all_the_same(
    post: Post,
) -> None:
    for number in range(limits().per_source.uploads):
        await post.upload("a.txt", b"a", **{"X-Forwarded-For": f"203.0.113.{number}"})
    refused = await post.upload("a.txt", b"a", **{"X-Forwarded-For": "203.0.113.99"})
    assert refused.status_code == 429


async def test_guessed_claims_put_nobodys_file_to_a_letter(post: Post) -> None:
    claim = await post.uploaded()
    guesses = [claim[:-1] + ("A" if claim[-1] != "A" else "B"), claim.swapcase(), claim[::-1]]
    written = {**LETTER, "attachments": guesses}
    refused = await post.mailbox.client.post("/v1/public/letters", json=written)
    assert [fault["code"] for fault in refused.json()["faults"]] == ["unknown"] * 3
    assert claim not in refused.text


async def test_a_file_that_trickles_in_is_not_waited_for(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient = limits().model_copy(update={"upload_seconds": 1})
    place = "services.interaction.mailbox.attachments.router.uploading.limits"
    monkeypatch.setattr(place, lambda: impatient)

    async def trickle() -> AsyncIterator[bytes]:
        yield HEAD
        await asyncio.sleep(30)
        yield TAIL

    refused = await send(post, trickle(), **{"Content-Length": "1000"})
    assert refused == (408, "/problems/upload-too-slow")
    assert post.stored() == []
