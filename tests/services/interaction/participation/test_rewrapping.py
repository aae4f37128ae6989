import httpx
from fastapi import FastAPI

from services.interaction.citizens.sealing import Keyring
from services.interaction.participation.consultations.commands import rewrapping as opinions
from services.interaction.participation.interviews.commands import rewrapping as questions
from shared.auth import system
from shared.db import Sessions
from shared.sealing import NONCE_BYTES
from shared.uow import BeginAs
from tests.services.interaction.conftest import Clock
from tests.services.interaction.participation.conftest import CLERK
from tests.services.interaction.participation.consultations.conftest import Hall
from tests.services.interaction.participation.interviews.conftest import Studio

FORMER = "a secret for the tests of the mailbox"
NEXT = "the next secret for the tests of the mailbox"


def chance(size: int) -> bytes:
    assert size == NONCE_BYTES
    return bytes(range(size))


async def test_after_rewrapping_opinions_and_questions_the_former_key_may_be_forgotten(
    client: httpx.AsyncClient,
    app: FastAPI,
    sessions: Sessions,
    clock: Clock,
    begin: BeginAs,
    group: None,  # noqa: ARG001  # they are handed in on its sites
) -> None:
    hall, studio = Hall(client, sessions, clock), Studio(client, sessions, clock)
    held, planned = await hall.opened(), await studio.announced_one()
    opinion, question = await hall.give(held), await studio.ask(planned)
    changed = Keyring(NEXT, [FORMER])
    for kind in (opinions, questions):
        for left in (1, 0):
            async with begin(system("keys"), "r") as uow:
                assert await kind.rewrap_some(uow, changed, chance) == left
    app.state.keyring = Keyring(NEXT)
    assert (await hall.status(opinion))["state"] == "held"
    assert (await studio.status(question))["state"] == "held"
    found = await hall.found(held, opinion)
    assert (await hall.done(CLERK, "GET", f"/opinions/{found['id']}"))["name"] == "李小龙"
    told = [data for kind, data in await hall.announced() if "rewrapped" in kind]
    assert told == [{"key": changed.name, "voices": 1}] * 2
