"""Recognizing whoever follows what they handed in by number and query code."""

from sqlalchemy import case
from sqlalchemy.dialects.postgresql import insert

from services.interaction.citizens import lockout
from services.interaction.citizens.models import WrongCodes
from services.interaction.citizens.query_code import as_typed
from services.interaction.citizens.sealing import KeptCode, Keyring, same
from shared.uow import UnitOfWork


async def recognize(
    uow: UnitOfWork, number: str, code: str, kept: KeptCode | None, keyring: Keyring
) -> bool:
    """Say whether a code is the one its number was given; a wrong one counts.

    `kept` is what the number's code is kept as, if there is such a number; one that there is not
    costs the same questions, key and digest as a wrong code. Raises `TooManyWrongCodes`, for the
    right code too, while too many wrong ones count.
    """
    limit = lockout.patience()
    wrong = await uow.session.get(WrongCodes, number)
    tries = lockout.Tries(wrong.count, wrong.since) if wrong else None
    lockout.refuse_if_locked(tries, limit, uow.now)
    key = keyring.unwrap(kept.wrapped, number) if kept else keyring.nobodys_key()
    if same(key.code_digest(as_typed(code)), kept.digest if kept else b""):
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
