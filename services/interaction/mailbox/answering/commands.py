"""Drafting an answer, reviewing it, and letting it go to the writer."""

from uuid import UUID

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.answering import perfunctory, queries
from services.interaction.mailbox.answering.models import Answer
from services.interaction.mailbox.answering.review import Draft, decide
from services.interaction.mailbox.answering.schemas import AnswerReview
from services.interaction.mailbox.clocks import commands as clocks
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.handling import Act, WrongState, advance
from services.interaction.mailbox.letters.models import Letter, Step
from shared.auth import Permission
from shared.contracts.answers import AnswerDrafted, AnswerReturned, LetterAnswered
from shared.contracts.content import Verdict
from shared.contracts.letters import LetterStep
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork


async def draft_answer(
    uow: UnitOfWork,
    letter_id: UUID,
    text: str,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> Letter:
    """Write the answer a reviewer will be asked to let go; it is sealed like the letter."""
    letter = await letters.locked(uow, letter_id, version)
    state = advance(letter.state, Act.DRAFT)
    unit = _unit(letter)
    uow.actor.require(Permission.ANSWER, unit)
    key = letters.key_of(letter, keyring)
    letter.state = state
    letter.rounds += 1
    answer = Answer(
        letter_id=letter.id,
        round=letter.rounds,
        sealed=key.close(chance(NONCE_BYTES), text, "answer"),
        answer_hash=key.answer_hash(text),
        author=uow.actor.id,
        written_at=uow.now,
    )
    uow.session.add(answer)
    uow.announce(
        AnswerDrafted(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            organization=unit,
            answer_hash=answer.answer_hash,
        )
    )
    return letter


async def review_answer(
    uow: UnitOfWork,
    letter_id: UUID,
    review: AnswerReview,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> Letter:
    """Let the draft go to the writer, or give it back to its unit."""
    letter = await letters.locked(uow, letter_id, version)
    act = Act.APPROVE if review.verdict is Verdict.APPROVE else Act.RETURN
    state = advance(letter.state, act)
    uow.actor.require(Permission.REVIEW_ANSWER, _unit(letter))
    answer = await queries.answer_of_round(uow.session, letter.id, letter.rounds)
    key = letters.key_of(letter, keyring)
    text = key.open(answer.sealed, "answer")
    found = tuple(perfunctory.findings(text, perfunctory.wording()))
    decide(
        Draft(answer.author, answer.answer_hash, found),
        reviewer=uow.actor.id,
        verdict=review.verdict,
        answer_hash=review.answer_hash,
        reason=review.reason,
    )
    letter.state = state
    answer.verdict, answer.reviewer, answer.decided_at = review.verdict, uow.actor.id, uow.now
    if review.reason:
        answer.sealed_reason = key.close(chance(NONCE_BYTES), review.reason, "reason")
    if review.verdict is Verdict.APPROVE:
        await _reply(uow, letter, answer, waived=[finding.code for finding in found])
    else:
        _give_back(uow, letter, answer)
    return letter


def _unit(letter: Letter) -> str:
    """Return the path of the unit in charge; only a letter nobody dispatched has none."""
    if letter.organization is None:
        raise WrongState(state=letter.state)
    return letter.organization


async def _reply(uow: UnitOfWork, letter: Letter, answer: Answer, waived: list[str]) -> None:
    await clocks.stop(uow, letter)
    uow.session.add(Step.of(letter, LetterStep.ANSWERED, uow.now))
    uow.announce(
        LetterAnswered(
            letter_id=letter.id,
            number=letter.number,
            kind=letter.kind,
            site_code=letter.site_code,
            organization=_unit(letter),
            answer_hash=answer.answer_hash,
            received_on=letter.received_on,
            answered_on=letter.answered_on,
            due_on=letter.due_on,
            late=letter.late,
            waived=waived,
        )
    )


def _give_back(uow: UnitOfWork, letter: Letter, answer: Answer) -> None:
    uow.announce(
        AnswerReturned(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            organization=_unit(letter),
            answer_hash=answer.answer_hash,
        )
    )
