"""What clerks do: dispatch a letter, draft its answer, review it, publish it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from services.interaction.group import queries as group
from services.interaction.group.line import in_line
from services.interaction.mailbox import perfunctory, queries
from services.interaction.mailbox.answering import Draft, decide
from services.interaction.mailbox.handling import (
    Act,
    NoConsent,
    OutsideLine,
    WrongState,
    advance,
)
from services.interaction.mailbox.limits import limits
from services.interaction.mailbox.models import Answer, Letter, LetterClock, PublishedLetter, Step
from services.interaction.mailbox.redaction import redact
from services.interaction.mailbox.schemas import AnswerReview
from services.interaction.mailbox.sealing import Keyring
from shared.auth import Permission
from shared.business_day import business_date
from shared.contracts.content import Verdict
from shared.contracts.letters import (
    AnswerDrafted,
    AnswerReturned,
    LetterAnswered,
    LetterDispatched,
    LetterPublished,
    LetterStep,
)
from shared.problem import Fault, Invalid, NotFound
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork, expect


async def dispatch(uow: UnitOfWork, letter_id: UUID, unit_code: str, *, version: int) -> Letter:
    """Give a letter to the unit that must answer it; its number and due date stay."""
    letter = await _lock(uow, letter_id, version)
    uow.actor.require(Permission.DISPATCH, letter.sponsoring)
    state = advance(letter.state, Act.DISPATCH)
    unit = await group.organization(uow.session, unit_code)
    if unit is None:
        raise Invalid([Fault("/organization", "unknown", "没有这个单位。")])
    line = await group.governing(uow.session, letter.sponsoring)
    if not in_line(unit.path, letter.sponsoring, line):
        raise OutsideLine
    letter.state = state
    letter.organization, letter.organization_name = unit.path, unit.name
    letter.dispatched_at = uow.now
    uow.session.add(Step.of(letter, LetterStep.DISPATCHED, uow.now))
    uow.announce(
        LetterDispatched(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            organization=unit.path,
            due_on=letter.due_on,
            due_provisional=letter.due_provisional,
        )
    )
    return letter


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
    letter = await _lock(uow, letter_id, version)
    state = advance(letter.state, Act.DRAFT)
    unit = _unit(letter)
    uow.actor.require(Permission.ANSWER, unit)
    key = keyring.unwrap(letter.content.wrapped_key, letter.number)
    letter.state = state
    letter.rounds += 1
    answer = Answer(
        letter_id=letter.id,
        round=letter.rounds,
        sealed=key.close(chance(NONCE_BYTES), text, "answer"),
        answer_hash=keyring.answer_hash(letter.number, text),
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
    letter = await _lock(uow, letter_id, version)
    act = Act.APPROVE if review.verdict is Verdict.APPROVE else Act.RETURN
    state = advance(letter.state, act)
    uow.actor.require(Permission.REVIEW_ANSWER, _unit(letter))
    answer = await queries.answer_of_round(uow.session, letter.id, letter.rounds)
    key = keyring.unwrap(letter.content.wrapped_key, letter.number)
    text = key.open(answer.sealed, "answer")
    found = tuple(perfunctory.findings(text, limits().perfunctory))
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


async def publish(uow: UnitOfWork, letter_id: UUID, keyring: Keyring, *, version: int) -> Letter:
    """Make the masked rendition that the public reads; the sealed letter stays unread."""
    letter = await _lock(uow, letter_id, version)
    state = advance(letter.state, Act.PUBLISH)
    uow.actor.require(Permission.REVIEW_ANSWER, letter.sponsoring)
    if not letter.may_publish:
        raise NoConsent
    letter.state = state
    answer = await queries.answer_of_round(uow.session, letter.id, letter.rounds)
    key = keyring.unwrap(letter.content.wrapped_key, letter.number)
    wrote = queries.writing(letter, key)
    rendition = PublishedLetter(
        number=letter.number,
        site_code=letter.site_code,
        kind=letter.kind,
        title=redact(wrote.title, wrote),
        text=redact(wrote.text, wrote),
        answer=redact(key.open(answer.sealed, "answer"), wrote),
        received_on=letter.received_on,
        answered_on=letter.answered_on,
        answering_unit=letter.organization_name,
        published_at=uow.now,
    )
    uow.session.add_all([rendition, Step.of(letter, LetterStep.PUBLISHED, uow.now)])
    uow.announce(
        LetterPublished(
            letter_id=letter.id,
            number=letter.number,
            kind=letter.kind,
            site_code=letter.site_code,
        )
    )
    return letter


async def _lock(uow: UnitOfWork, letter_id: UUID, version: int) -> Letter:
    question = (
        select(Letter)
        .where(Letter.id == letter_id, queries.visible_to(uow.actor))
        .options(joinedload(Letter.content))
        .with_for_update(of=Letter)
    )
    letter = await uow.session.scalar(question)
    if letter is None:
        raise NotFound
    expect(version, letter.version)
    return letter


def _unit(letter: Letter) -> str:
    """Return the path of the unit in charge; only a letter nobody dispatched has none."""
    if letter.organization is None:
        raise WrongState(state=letter.state)
    return letter.organization


async def _reply(uow: UnitOfWork, letter: Letter, answer: Answer, waived: list[str]) -> None:
    letter.answered_on = business_date(uow.now)
    letter.late = letter.answered_on > letter.due_on
    clock = await uow.session.get_one(LetterClock, letter.id)
    clock.due_at = None
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
