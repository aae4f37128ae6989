"""Sealing the keys of letters anew, after the mailbox's key was changed."""

from secrets import token_bytes

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.privacy.commands import rewrapping
from shared.auth import system
from shared.db import open_engine, open_sessions, utc_now
from shared.uow import beginner

KEEPER = system("letter-keys")


async def rewrap(url: str, keyring: Keyring) -> int:
    """Wrap every letter's key by the present one, some at a time; return how many were not.

    It may be stopped and run again at any time, while letters come in and are read.
    """
    engine = open_engine(url)
    begin = beginner(open_sessions(engine), utc_now, "/interaction")
    done = 0
    try:
        while True:
            async with begin(KEEPER, "rewrap-letter-keys") as uow:
                some = await rewrapping.rewrap_some(uow, keyring, token_bytes)
            if not some:
                return done
            done += some
    finally:
        await engine.dispose()
