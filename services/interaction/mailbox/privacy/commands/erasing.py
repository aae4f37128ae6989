"""Asking that a letter be erased, deciding it, and destroying its key."""

from uuid import UUID

from sqlalchemy import delete, select, update

from services.interaction.citizens.number import as_issued
from services.interaction.citizens.query_code import ShownCode
from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.answering.commands import forgetting as answering
from services.interaction.mailbox.attachments.commands import leaving as attachments
from services.interaction.mailbox.letters import commands as kept
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.access import Erased
from services.interaction.mailbox.letters.models import Letter, SealedContent, Step, WriterMark
from services.interaction.mailbox.privacy import queries
from services.interaction.mailbox.privacy.erasing import (
    WRITER,
    ErasureAlreadyAsked,
    decide,
    may_ask,
)
from services.interaction.mailbox.privacy.models import Erasure
from services.interaction.mailbox.publication import commands as publication
from shared.auth import Permission
from shared.business_day import business_date
from shared.contracts.privacy import (
    ErasureAsked,
    ErasureDecision,
    ErasureReason,
    ErasureRefused,
    ErasureState,
    LetterErased,
)
from shared.problem import NotFound
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork, expect


async def ask_as_writer(
    uow: UnitOfWork,
    number: str,
    shown: ShownCode,
    asked: ErasureReason,
    keyring: Keyring,
    chance: Chance,
) -> Erasure | None:
    """Ask for the erasure of one's own letter; a wrong code counts, and gives nothing."""
    number = as_issued(number)
    if not await kept.opens(uow, number, shown, keyring):
        return None
    letter = await letters.numbered(uow.session, number)
    return await _ask(uow, letter, WRITER, asked, keyring, chance)


async def ask_as_clerk(
    uow: UnitOfWork, letter_id: UUID, asked: ErasureReason, keyring: Keyring, chance: Chance
) -> Erasure:
    """Ask for the erasure of a letter to one's site, for its writer or for the law."""
    letter = await letters.letter(uow.session, uow.actor, letter_id)
    uow.actor.require(Permission.DISPATCH, letter.sponsoring)
    return await _ask(uow, letter, uow.actor.id, asked, keyring, chance)


async def decide_erasure(
    uow: UnitOfWork,
    erasure_id: UUID,
    decision: ErasureDecision,
    *,
    version: int,
) -> Erasure:
    """Erase a letter as somebody else asked, or refuse to."""
    question = select(Erasure).where(Erasure.id == erasure_id, queries.decidable_by(uow.actor))
    erasure = await uow.session.scalar(question.with_for_update())
    if erasure is None:
        raise NotFound
    expect(version, erasure.version)
    uow.actor.require(Permission.ADMINISTER, erasure.sponsoring)
    erasure.state = decide(
        state=erasure.state,
        asked_by=erasure.asked_by,
        decided_by=uow.actor.id,
        decision=decision,
    )
    erasure.decided_at, erasure.decided_by = uow.now, uow.actor.id
    if erasure.state is ErasureState.ERASED:
        await erase(uow, erasure.letter_id)
    else:
        uow.announce(
            ErasureRefused(
                letter_id=erasure.letter_id,
                number=erasure.number,
                site_code=erasure.site_code,
                request_id=erasure.id,
            )
        )
    return erasure


async def erase(uow: UnitOfWork, letter_id: UUID, *, by_rule: bool = False) -> None:
    """Destroy a letter's key, and whatever could be read without it.

    That there was a letter, its dates and states stay: the trail and the statistics stand on them.
    """
    letter = await uow.session.get_one(Letter, letter_id, with_for_update=True)
    if letter.erased_on is not None:
        return
    may_ask(letter.state_type)
    await publication.take_down(uow, letter)
    await answering.forget(uow, letter.id)
    await attachments.erase(uow, letter.id, letter.number)
    await uow.session.execute(delete(SealedContent).where(SealedContent.letter_id == letter.id))
    await uow.session.execute(delete(WriterMark).where(WriterMark.letter_id == letter.id))
    notes = update(Step).where(Step.letter_id == letter.id).values(sealed_note=None)
    await uow.session.execute(notes)
    reasons = update(Erasure).where(Erasure.letter_id == letter.id).values(sealed_reason=None)
    await uow.session.execute(reasons.execution_options(synchronize_session=False))
    letter.erased_on = business_date(uow.now)
    uow.announce(
        LetterErased(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            by_rule=by_rule,
        )
    )


async def _ask(
    uow: UnitOfWork,
    letter: Letter,
    asked_by: str,
    asked: ErasureReason,
    keyring: Keyring,
    chance: Chance,
) -> Erasure:
    if letter.erased_on is not None:
        raise Erased
    may_ask(letter.state_type)
    await uow.session.refresh(letter, ["version"], with_for_update=True)
    waiting = select(Erasure.id).where(
        Erasure.letter_id == letter.id, Erasure.state == ErasureState.ASKED
    )
    if await uow.session.scalar(waiting) is not None:
        raise ErasureAlreadyAsked
    key = letters.key_of(letter, keyring)
    erasure = Erasure(
        letter_id=letter.id,
        number=letter.number,
        site_code=letter.site_code,
        sponsoring=letter.sponsoring,
        state=ErasureState.ASKED,
        asked_at=uow.now,
        asked_by=asked_by,
        sealed_reason=key.close(chance(NONCE_BYTES), asked.reason, "erasure"),
    )
    uow.session.add(erasure)
    await uow.session.flush()
    uow.announce(
        ErasureAsked(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            request_id=erasure.id,
            by_writer=asked_by == WRITER,
        )
    )
    return erasure
