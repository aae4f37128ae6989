from collections.abc import AsyncIterator

from shared.http import LARGEST_BODY
from tests.services.interaction.conftest import Mailbox

PIECE = b" " * 64 * 1024
HUNDRED_MIB = 100 * 1024 * 1024


async def test_a_letter_of_a_hundred_megabytes_is_refused_before_it_is_read(
    mailbox: Mailbox,
) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'{"title": "'
        while sent < HUNDRED_MIB:
            sent += len(PIECE)
            yield PIECE

    headers = {"Content-Type": "application/json"}
    answer = await mailbox.client.post("/v1/public/letters", content=endless(), headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")
    assert sent <= LARGEST_BODY + len(PIECE)


async def test_a_body_nested_without_end_is_refused(mailbox: Mailbox) -> None:
    headers = {"Content-Type": "application/json"}
    for body in (b"[" * 100_000, b'{"title":' * 100_000, b"[" * 50_000 + b"]" * 50_000):
        answer = await mailbox.client.post("/v1/public/letters", content=body, headers=headers)
        assert answer.status_code in {400, 422}, answer.text
