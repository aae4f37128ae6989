"""Sealing the keys of what citizens wrote anew, after the key over them was changed."""

from secrets import token_bytes

from services.interaction.citizens.sealing import Keyring
from services.interaction.duty.commands import rewrapping as notes
from services.interaction.mailbox.privacy.commands import rewrapping as letters
from services.interaction.participation.consultations.commands import rewrapping as opinions
from services.interaction.participation.interviews.commands import rewrapping as questions
from shared.auth import system
from shared.db import open_engine, open_sessions, utc_now
from shared.uow import beginner

KEEPER = system("letter-keys")
KINDS = (letters, notes, opinions, questions)


async def rewrap(url: str, keyring: Keyring) -> int:
    """Wrap every key by the present one, some at a time; return how many were not.

    It may be stopped and run again at any time, while letters come in and are read.
    """
    engine = open_engine(url)
    begin = beginner(open_sessions(engine), utc_now, "/interaction")
    done = 0
    try:
        for kind in KINDS:
            some = 1
            while some:
                async with begin(KEEPER, "rewrap-letter-keys") as uow:
                    some = await kind.rewrap_some(uow, keyring, token_bytes)
                done += some
    finally:
        await engine.dispose()
    return done
