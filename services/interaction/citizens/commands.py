"""Recognizing whoever follows what they handed in by number and query code."""

from collections.abc import Mapping, Sequence

from sqlalchemy import case, select
from sqlalchemy.dialects.postgresql import insert

from services.interaction.admission import commands as admission
from services.interaction.citizens import lockout
from services.interaction.citizens.models import WrongCodes
from services.interaction.citizens.query_code import ShownCode, as_typed
from services.interaction.citizens.sealing import KeptCode, Keyring, same
from shared.contracts.admission import Form
from shared.uow import UnitOfWork


async def recognize(
    uow: UnitOfWork, number: str, shown: ShownCode, kept: KeptCode | None, keyring: Keyring
) -> bool:
    """Say whether a code is the one its number was given; a wrong one counts.

    `kept` is what the number's code is kept as, if there is such a number; one that there is not
    costs the same questions, key and digest as a wrong code. Raises `TooManyWrongCodes`, for the
    right code too, while too many wrong ones count against the number or the place it is shown
    from, unless a proof of work is shown: nobody can lock a writer out.
    """
    limit = lockout.patience()
    against = {number: limit.tries, shown.by.place.hex(): limit.place_tries}
    if shown.by.proof is None:
        await _refuse_if_locked(uow, against)
    else:
        await admission.spend(uow, shown.by, Form.LETTER_STATUS)
    key = keyring.unwrap(kept.wrapped, number) if kept else keyring.nobodys_key()
    if same(key.code_digest(as_typed(shown.code)), kept.digest if kept else b""):
        return True
    await _count_wrong_code(uow, list(against))
    return False


async def _refuse_if_locked(uow: UnitOfWork, against: Mapping[str, int]) -> None:
    question = select(WrongCodes.against, WrongCodes.count, WrongCodes.since)
    shown = question.where(WrongCodes.against.in_(list(against)))
    for what, count, since in await uow.session.execute(shown):
        tries = lockout.Tries(count, since)
        lockout.refuse_if_locked(tries, against[what], lockout.patience(), uow.now)


async def _count_wrong_code(uow: UnitOfWork, against: Sequence[str]) -> None:
    """Count one more, against the number first: whoever counts at the same time does so too."""
    forgotten = WrongCodes.since <= lockout.counts_since(lockout.patience(), uow.now)
    first = insert(WrongCodes).values(
        [{"against": each, "count": 1, "since": uow.now} for each in against]
    )
    counted = first.on_conflict_do_update(
        index_elements=[WrongCodes.against],
        set_={
            "count": case((forgotten, 1), else_=WrongCodes.count + 1),
            "since": case((forgotten, uow.now), else_=WrongCodes.since),
        },
    )
    await uow.session.execute(counted)
