"""What the trail does when time has passed."""

from datetime import datetime, timedelta
from functools import partial

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.audit.trail import commands
from shared.auth import system
from shared.schedule import Task
from shared.uow import BeginAs

KEEPER = system("trail")


def tasks(begin: BeginAs, origin: str, key: Ed25519PrivateKey) -> list[Task]:
    """Return the trail's clock: a checkpoint every few seconds while the trail grows."""
    sign = partial(sign_checkpoint, begin, origin, key)
    return [Task("sign-checkpoint", sign, every=timedelta(seconds=2))]


async def sign_checkpoint(begin: BeginAs, origin: str, key: Ed25519PrivateKey, _: datetime) -> int:
    """Sign what has been added since the last checkpoint; return how many were signed."""
    async with begin(KEEPER, "checkpoint") as uow:
        return int(await commands.sign_checkpoint(uow, origin, key))
