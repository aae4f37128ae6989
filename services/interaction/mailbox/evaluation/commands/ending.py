"""How a letter ends, and how it is taken up again."""

from uuid import UUID

from services.interaction.citizens.number import as_issued
from services.interaction.citizens.query_code import ShownCode
from services.interaction.citizens.sealing import Keyring, WritingKey
from services.interaction.group import queries as group
from services.interaction.mailbox.clocks import commands as clocks
from services.interaction.mailbox.evaluation.evaluating import NotAnswered, may_reopen, reopening
from services.interaction.mailbox.letters import commands as opening
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.handling import Act, WrongState, advance
from services.interaction.mailbox.letters.models import Letter, Step
from shared.auth import Permission
from shared.business_day import business_date
from shared.contracts.evaluation import Closure, LetterEnded, LetterReopened, Outcome, Reopening
from shared.contracts.letters import LetterStep
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork

ENDS = {
    Outcome.RESOLVED: (Act.SETTLE, LetterStep.RESOLVED),
    Outcome.UNRESOLVED: (Act.CLOSE, LetterStep.CLOSED),
}


async def reopen_own(
    uow: UnitOfWork,
    number: str,
    shown: ShownCode,
    why: Reopening,
    keyring: Keyring,
    chance: Chance,
) -> Letter | None:
    """Have one's own letter taken up again; a wrong code counts, and gives nothing."""
    number = as_issued(number)
    if not await opening.opens(uow, number, shown, keyring):
        return None
    letter = await letters.numbered_to_change(uow.session, number)
    if letter.answered_on is None:
        raise NotAnswered
    calendar = await group.calendar(uow.session)
    passed = calendar.workdays_between(letter.answered_on, business_date(uow.now))
    may_reopen(working_days=passed, times=letter.reopened, figures=reopening())
    await _reopen(uow, letter, why, letters.key_of(letter, keyring), chance, by_writer=True)
    return letter


async def reopen(
    uow: UnitOfWork,
    letter_id: UUID,
    why: Reopening,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> Letter:
    """Take a letter up again, because its site sees that the answer was not enough."""
    letter = await letters.locked(uow, letter_id, version)
    uow.actor.require(Permission.DISPATCH, letter.sponsoring)
    await _reopen(uow, letter, why, letters.key_of(letter, keyring), chance, by_writer=False)
    return letter


async def close(
    uow: UnitOfWork,
    letter_id: UUID,
    closure: Closure,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> Letter:
    """End an answered letter, resolved or not, and tell its writer why."""
    letter = await letters.locked(uow, letter_id, version)
    uow.actor.require(Permission.REVIEW_ANSWER, letter.sponsoring)
    key = letters.key_of(letter, keyring)
    end(uow, letter, closure.outcome, key.close(chance(NONCE_BYTES), closure.reason, "note"))
    return letter


def end(uow: UnitOfWork, letter: Letter, outcome: Outcome, note: bytes | None = None) -> None:
    """Let a letter end."""
    act, step = ENDS[outcome]
    letter.state = advance(letter.state, act)
    uow.session.add(Step.of(letter, step, uow.now, note))
    uow.announce(
        LetterEnded(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            organization=_unit(letter),
            outcome=outcome,
        )
    )


async def _reopen(
    uow: UnitOfWork,
    letter: Letter,
    why: Reopening,
    key: WritingKey,
    chance: Chance,
    *,
    by_writer: bool,
) -> None:
    letter.state = advance(letter.state, Act.REOPEN)
    letter.reopened, letter.satisfaction = letter.reopened + 1, None
    await clocks.again(uow, letter)
    note = key.close(chance(NONCE_BYTES), why.reason, "note")
    uow.session.add(Step.of(letter, LetterStep.REOPENED, uow.now, note))
    uow.announce(
        LetterReopened(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            organization=_unit(letter),
            by_writer=by_writer,
            times=letter.reopened,
            due_on=letter.due_on,
            due_provisional=letter.due_provisional,
        )
    )


def _unit(letter: Letter) -> str:
    """Return the path of the unit that answered."""
    if letter.organization is None:
        raise WrongState(state=letter.state)
    return letter.organization
