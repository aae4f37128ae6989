"""Showing a query code."""

from sqlalchemy import case
from sqlalchemy.dialects.postgresql import insert

from services.interaction.mailbox.codes import lockout
from services.interaction.mailbox.codes.models import WrongCodes
from services.interaction.mailbox.codes.query_code import as_typed
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters import sealing
from services.interaction.mailbox.letters.sealing import Keyring
from shared.uow import UnitOfWork


async def fits(uow: UnitOfWork, number: str, code: str, keyring: Keyring) -> bool:
    """Say whether `code` opens the letter with this number; a wrong one counts.

    An unknown number costs the same questions, key and digest as a wrong code. Raises
    `TooManyWrongCodes`, for the right code too, while too many wrong ones count.
    """
    limit = lockout.patience()
    wrong = await uow.session.get(WrongCodes, number)
    tries = lockout.Tries(wrong.count, wrong.since) if wrong else None
    lockout.refuse_if_locked(tries, limit, uow.now)
    kept = await letters.code(uow.session, number, keyring)
    key = kept.key if kept else keyring.nobodys_key()
    if sealing.same(key.code_digest(as_typed(code)), kept.digest if kept else b""):
        return True
    await _count_wrong_code(uow, number)
    return False


async def _count_wrong_code(uow: UnitOfWork, number: str) -> None:
    forgotten = WrongCodes.since <= lockout.counts_since(lockout.patience(), uow.now)
    first = insert(WrongCodes).values(number=number, count=1, since=uow.now)
    counted = first.on_conflict_do_update(
        index_elements=[WrongCodes.number],
        set_={
            "count": case((forgotten, 1), else_=WrongCodes.count + 1),
            "since": case((forgotten, uow.now), else_=WrongCodes.since),
        },
    )
    await uow.session.execute(counted)
