"""Letting an approved answer reach whoever wrote a letter."""

from typing import NamedTuple

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.answering.models import Answer, Reply
from services.interaction.mailbox.clocks import commands as clocks
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.models import Letter, Step
from services.interaction.mailbox.notifications import commands as notifications
from shared.business_day import business_date
from shared.contracts.answers import LetterAnswered, LetterSupplemented
from shared.contracts.letters import LetterStep
from shared.contracts.writer_notifications import Occasion
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork


class Approved(NamedTuple):
    """An answer that was approved, whoever gave it, and which signs stood in it regardless."""

    answer: Answer
    text: str
    organization_name: str
    waived: list[str]
    hints: list[str]


async def deliver(
    uow: UnitOfWork, letter: Letter, approved: Approved, keyring: Keyring, chance: Chance
) -> None:
    """Let one writer have an answer: the one their letter got, or one it was joined with.

    Sealed with this letter's key, told in its timeline, owed as news, announced. The letter's
    content is loaded; its state is moved by whoever asks.
    """
    key = letters.key_of(letter, keyring)
    uow.session.add(
        Reply(
            letter_id=letter.id,
            answer_id=approved.answer.id,
            sealed=key.close(chance(NONCE_BYTES), approved.text, "answer"),
            organization_name=approved.organization_name,
            answered_at=uow.now,
        )
    )
    further = approved.answer.supplement and letter.answered_on is not None
    if not further:
        await clocks.stop(uow, letter)
    step, occasion = TOLD[further]
    uow.session.add(Step.of(letter, step, uow.now))
    notifications.owe(uow, letter, letters.writing(letter, key), occasion)
    uow.announce(_supplemented(uow, letter, approved) if further else _answered(letter, approved))


TOLD = {
    False: (LetterStep.ANSWERED, Occasion.ANSWERED),
    True: (LetterStep.SUPPLEMENTED, Occasion.SUPPLEMENTED),
}


def _answered(letter: Letter, approved: Approved) -> LetterAnswered:
    return LetterAnswered(
        letter_id=letter.id,
        number=letter.number,
        kind=letter.kind,
        site_code=letter.site_code,
        organization=approved.answer.organization,
        answer_hash=approved.answer.answer_hash,
        received_on=letter.received_on,
        answered_on=letter.answered_on,
        due_on=letter.due_on,
        late=letter.late,
        waived=approved.waived,
        hints=approved.hints,
        policies=approved.answer.policies,
    )


def _supplemented(uow: UnitOfWork, letter: Letter, approved: Approved) -> LetterSupplemented:
    return LetterSupplemented(
        letter_id=letter.id,
        number=letter.number,
        kind=letter.kind,
        site_code=letter.site_code,
        organization=approved.answer.organization,
        answer_hash=approved.answer.answer_hash,
        supplemented_on=business_date(uow.now),
        waived=approved.waived,
        hints=approved.hints,
        policies=approved.answer.policies,
    )
