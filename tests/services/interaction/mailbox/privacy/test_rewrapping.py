from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.privacy.commands import rewrapping
from shared.auth import system
from shared.sealing import NONCE_BYTES
from shared.uow import BeginAs
from tests.services.interaction.conftest import DISPATCHER, HEAD, LETTER, Mailbox

FORMER = "a secret for the tests of the mailbox"
NEXT = "the next secret for the tests of the mailbox"


def chance(size: int) -> bytes:
    assert size == NONCE_BYTES
    return bytes(range(size))


async def test_after_rewrapping_the_former_key_may_be_forgotten(
    mailbox: Mailbox, begin: BeginAs
) -> None:
    receipts = [await mailbox.answered() for _ in range(2)]
    changed = Keyring(NEXT, [FORMER])
    async with begin(system("keys"), "r") as uow:
        assert await rewrapping.rewrap_some(uow, changed, chance) == 2
    async with begin(system("keys"), "r") as uow:
        assert await rewrapping.rewrap_some(uow, changed, chance) == 0
    app = mailbox.client._transport.app  # type: ignore[attr-defined]  # noqa: SLF001
    app.state.keyring = Keyring(NEXT)
    for receipt in receipts:
        assert (await mailbox.follow(receipt["number"], receipt["query_code"])).status_code == 200
        opened = (await mailbox.read(HEAD, receipt["number"])).json()
        assert (opened["title"], opened["answer"]["verdict"]) == (LETTER["title"], "approve")
    found = await mailbox.post(DISPATCHER, "/v1/writers/letters", {"phone": "13855201234"})
    assert len(found.json()["items"]) == 2
    told = [data for type_, data in await mailbox.announced() if "rewrapped" in type_]
    assert told == [{"key": changed.name, "letters": 2}]


async def test_between_the_two_keys_everything_opens(mailbox: Mailbox) -> None:
    receipt = await mailbox.answered()
    app = mailbox.client._transport.app  # type: ignore[attr-defined]  # noqa: SLF001
    app.state.keyring = Keyring(NEXT, [FORMER])
    assert (await mailbox.follow(receipt["number"], receipt["query_code"])).status_code == 200
    newer = await mailbox.write()
    assert (await mailbox.follow(newer["number"], newer["query_code"])).status_code == 200
    found = await mailbox.post(DISPATCHER, "/v1/writers/letters", {"phone": "13855201234"})
    assert len(found.json()["items"]) == 2
    app.state.keyring = Keyring(FORMER)
    assert (await mailbox.read(HEAD, newer["number"])).status_code == 500
