"""Evaluating an answer: by query code, by a link that serves once, or by letting time pass."""

from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from services.interaction.citizens.number import as_issued
from services.interaction.citizens.query_code import ShownCode
from services.interaction.citizens.sealing import Keyring, WritingKey
from services.interaction.group import queries as group
from services.interaction.mailbox.answering.queries import given as answers
from services.interaction.mailbox.clocks import commands as clocks
from services.interaction.mailbox.evaluation.commands import ending
from services.interaction.mailbox.evaluation.evaluating import (
    NoSuchLink,
    may_evaluate,
    reopening,
    settles,
)
from services.interaction.mailbox.evaluation.models import Evaluation, EvaluationLink
from services.interaction.mailbox.letters import commands as opening
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.models import Letter, Step
from services.interaction.mailbox.publication import commands as publication
from shared.business_day import business_date
from shared.contracts.evaluation import (
    EvaluationInvitation,
    LetterEvaluated,
    NewEvaluation,
    NewLink,
    Outcome,
)
from shared.contracts.letter_clocks import LetterClockStep
from shared.contracts.letters import LetterStep, Satisfaction, StateType
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork

TOKEN_BYTES = 16
DEFAULT = NewEvaluation(satisfaction=Satisfaction.SATISFIED)


async def evaluate_own(
    uow: UnitOfWork,
    number: str,
    shown: ShownCode,
    new: NewEvaluation,
    keyring: Keyring,
    chance: Chance,
) -> Evaluation | None:
    """Evaluate the answer to one's own letter; a wrong code counts, and gives nothing."""
    number = as_issued(number)
    if not await opening.opens(uow, number, shown, keyring):
        return None
    letter = await letters.numbered_to_change(uow.session, number)
    return await _evaluate(uow, letter, new, letters.key_of(letter, keyring), chance)


async def give_link(uow: UnitOfWork, letter_id: UUID, chance: Chance) -> NewLink:
    """Return a link by which the latest answer to a letter is evaluated once.

    For writers who came by phone or post; a later link takes the place of an earlier one.
    """
    letter = await letters.letter(uow.session, uow.actor, letter_id)
    may_evaluate(letter.state_type, evaluated=False)
    calendar = await group.calendar(uow.session)
    last = calendar.due(business_date(uow.now), reopening().working_days).date
    token = chance(TOKEN_BYTES).hex()
    former = delete(EvaluationLink).where(EvaluationLink.letter_id == letter.id)
    await uow.session.execute(former)
    uow.session.add(
        EvaluationLink(
            digest=_digest(token),
            letter_id=letter.id,
            round=await answers.rounds(uow.session, letter.id),
            expires_on=last,
        )
    )
    return NewLink(token=token, expires_on=last)


async def invitation(uow: UnitOfWork, token: str) -> EvaluationInvitation:
    """Return what a link asks to be evaluated; looking at it uses nothing up."""
    link, letter = await _linked(uow, token)
    return EvaluationInvitation(
        number=letter.number,
        kind=letter.kind,
        kind_label=letter.kind_label,
        answering_unit=letter.organization_name,
        answered_on=letter.answered_on,
        expires_on=link.expires_on,
    )


async def evaluate_by_link(
    uow: UnitOfWork, token: str, new: NewEvaluation, keyring: Keyring, chance: Chance
) -> Evaluation:
    """Evaluate the answer that a link was given for; the link serves once."""
    link, letter = await _linked(uow, token)
    evaluation = await _evaluate(uow, letter, new, letters.key_of(letter, keyring), chance)
    await uow.session.delete(link)
    return evaluation


async def evaluate_by_default(uow: UnitOfWork, letter_id: UUID) -> None:
    """Take it that a writer who said nothing in time is satisfied, and say that it is taken so."""
    letter = await uow.session.get_one(Letter, letter_id, with_for_update=True)
    round_ = await answers.rounds(uow.session, letter.id)
    if not await _is_evaluated(uow, letter, round_):
        may_evaluate(letter.state_type, evaluated=False)
        await _keep(uow, letter, round_, DEFAULT, None, by_default=True)


async def _linked(uow: UnitOfWork, token: str) -> tuple[EvaluationLink, Letter]:
    link = await uow.session.get(EvaluationLink, _digest(token), with_for_update=True)
    if link is None or business_date(uow.now) > link.expires_on:
        raise NoSuchLink
    question = select(Letter).options(joinedload(Letter.content))
    question = question.where(Letter.id == link.letter_id)
    letter = (await uow.session.scalars(question.with_for_update(of=Letter))).one()
    latest = await answers.rounds(uow.session, letter.id)
    if latest != link.round or letter.state_type is not StateType.ANSWERED:
        raise NoSuchLink
    return link, letter


async def _evaluate(
    uow: UnitOfWork, letter: Letter, new: NewEvaluation, key: WritingKey, chance: Chance
) -> Evaluation:
    round_ = await answers.rounds(uow.session, letter.id)
    may_evaluate(letter.state_type, evaluated=await _is_evaluated(uow, letter, round_))
    comment = new.comment and key.close(chance(NONCE_BYTES), new.comment, "comment")
    return await _keep(uow, letter, round_, new, comment or None, by_default=False)


async def _is_evaluated(uow: UnitOfWork, letter: Letter, round_: int) -> bool:
    question = select(Evaluation.id).where(
        Evaluation.letter_id == letter.id, Evaluation.round == round_
    )
    return await uow.session.scalar(question) is not None


async def _keep(
    uow: UnitOfWork,
    letter: Letter,
    round_: int,
    new: NewEvaluation,
    comment: bytes | None,
    *,
    by_default: bool,
) -> Evaluation:
    evaluation = Evaluation(
        letter_id=letter.id,
        round=round_,
        number=letter.number,
        site_code=letter.site_code,
        sponsoring=letter.sponsoring,
        organization=letter.organization,
        satisfaction=new.satisfaction,
        solved=new.solved,
        by_default=by_default,
        evaluated_at=uow.now,
        sealed_comment=comment,
    )
    if not by_default:
        letter.satisfaction = new.satisfaction
        await publication.tell_satisfaction(uow, letter)
    uow.session.add_all([evaluation, Step.of(letter, LetterStep.EVALUATED, uow.now)])
    await clocks.meet(uow, letter, LetterClockStep.EVALUATION)
    uow.announce(
        LetterEvaluated(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            organization=evaluation.organization,
            satisfaction=new.satisfaction,
            solved=new.solved,
            by_default=by_default,
        )
    )
    if settles(new.satisfaction, solved=new.solved):
        ending.end(uow, letter, Outcome.RESOLVED)
    return evaluation


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
