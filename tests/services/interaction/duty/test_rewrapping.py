from secrets import token_bytes

import pytest
from sqlalchemy import select

from services.interaction.citizens.sealing import Keyring, UnknownKey
from services.interaction.duty.commands import rewrapping
from services.interaction.duty.models import SealedNote
from services.interaction.duty.queries import days
from shared.auth import system
from shared.db import Sessions
from shared.uow import BeginAs
from tests.services.interaction.conftest import Clock
from tests.services.interaction.duty.conftest import WANG, Desk
from tests.services.interaction.duty.test_attending import NOTE, on_duty_today

NEW = "another secret for the tests of duty"
OLD = "a secret for the tests of the mailbox"


async def test_notes_follow_the_letter_key_and_open_without_the_old_one(
    desk: Desk, clock: Clock, sessions: Sessions, begin: BeginAs
) -> None:
    await on_duty_today(desk, clock)
    duty = (await desk.act(WANG, (await desk.of(WANG))[0], "sign-on")).json()
    for text in (NOTE, "二"):
        duty = (await desk.act(WANG, duty, "notes", {"text": text})).json()
    changed = Keyring(NEW, (OLD,))
    for expected in (2, 0):
        async with begin(system("letter-keys"), "test") as uow:
            assert await rewrapping.rewrap_some(uow, changed, token_bytes) == expected
    async with sessions() as session:
        notes = (await session.scalars(select(SealedNote).order_by(SealedNote.id))).all()
        for note in notes:
            session.expunge(note)
    texts = [days.key_of(note, Keyring(NEW)).open(note.sealed, days.NOTE) for note in notes]
    assert texts == [NOTE, "二"]
    with pytest.raises(UnknownKey):
        days.key_of(notes[0], Keyring(OLD))
