"""Sealing the keys of letters and hand-over notes anew, after the mailbox's key was changed."""

from secrets import token_bytes

from services.interaction.citizens.sealing import Keyring
from services.interaction.duty.commands import rewrapping as notes
from services.interaction.mailbox.privacy.commands import rewrapping as letters
from shared.auth import system
from shared.db import open_engine, open_sessions, utc_now
from shared.uow import beginner

KEEPER = system("letter-keys")


async def rewrap(url: str, keyring: Keyring) -> int:
    """Wrap every letter's and note's key by the present one; return how many were not.

    It may be stopped and run again at any time, while letters come in and are read.
    """
    engine = open_engine(url)
    begin = beginner(open_sessions(engine), utc_now, "/interaction")
    done = 0
    try:
        for of in (letters, notes):
            while True:
                async with begin(KEEPER, "rewrap-letter-keys") as uow:
                    some = await of.rewrap_some(uow, keyring, token_bytes)
                if not some:
                    break
                done += some
    finally:
        await engine.dispose()
    return done
