"""Reviewing an answer: letting it go to the writer, or giving it back to its unit."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from services.interaction.citizens.redaction import redact
from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.answering.commands import drafting
from services.interaction.mailbox.answering.commands.replying import Approved, deliver
from services.interaction.mailbox.answering.models import Answer, Citation, Draft
from services.interaction.mailbox.answering.queries import submitted
from services.interaction.mailbox.answering.review import Draft as UnderReview
from services.interaction.mailbox.answering.review import awaits_review, decide, grave
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.handling import Act, WrongState, advance
from services.interaction.mailbox.letters.models import Letter
from services.interaction.mailbox.library import commands as library
from services.interaction.mailbox.screening.commands import merging
from shared.auth import Permission
from shared.contracts.answers import AnswerFinding, AnswerReturned, AnswerReview
from shared.contracts.content import Verdict
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork


async def review_answer(
    uow: UnitOfWork,
    letter_id: UUID,
    review: AnswerReview,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> Letter:
    """Let the answer go to the writer, or give it back to its unit."""
    letter = await letters.locked(uow, letter_id, version)
    answer = await submitted.latest(uow.session, letter)
    if answer is None or not awaits_review(answer):
        raise WrongState(state=letter.state)
    state = advance(letter.state, _act(answer, review.verdict))
    uow.actor.require(Permission.REVIEW_ANSWER, drafting.unit_of(letter))
    key = letters.key_of(letter, keyring)
    found = submitted.findings(answer, key)
    found += await submitted.crowded(uow.session, letter, answer.organization, uow.now)
    decide(
        UnderReview(answer.writers, answer.answer_hash, found),
        reviewer=uow.actor.id,
        verdict=review.verdict,
        answer_hash=review.answer_hash,
        reason=review.reason,
    )
    letter.state = state
    flag_modified(letter, "state")  # a supplement moves the letter nowhere, yet it is another
    answer.verdict, answer.reviewer, answer.decided_at = review.verdict, uow.actor.id, uow.now
    if review.reason:
        answer.sealed_reason = key.close(chance(NONCE_BYTES), review.reason, "reason")
    if review.verdict is Verdict.APPROVE:
        await _reply(uow, letter, answer, found, keyring, chance)
    else:
        _give_back(uow, letter, answer)
    return letter


def _act(answer: Answer, verdict: Verdict) -> Act:
    if answer.supplement:
        return Act.SUPPLEMENT
    return Act.APPROVE if verdict is Verdict.APPROVE else Act.RETURN


async def _reply(
    uow: UnitOfWork,
    letter: Letter,
    answer: Answer,
    found: list[AnswerFinding],
    keyring: Keyring,
    chance: Chance,
) -> None:
    must = [finding.code for finding in grave(found)]
    approved = Approved(
        answer,
        letters.key_of(letter, keyring).open(answer.sealed, "answer"),
        letter.organization_name or "",
        waived=must,
        hints=[finding.code for finding in found if finding.code not in must],
    )
    await deliver(uow, letter, approved, keyring, chance)
    if not answer.supplement:
        await _reply_to_merged(uow, letter, approved, keyring, chance)
    await _clear_draft(uow, answer)
    cited = select(Citation.entry_id).where(Citation.answer_id == answer.id)
    if entries := (await uow.session.scalars(cited)).all():
        await library.count_uses(uow, entries)


async def _reply_to_merged(
    uow: UnitOfWork, lead: Letter, approved: Approved, keyring: Keyring, chance: Chance
) -> None:
    """Let whoever's letter waited for this answer have it, without a word of another writer."""
    waiting = await merging.release(uow, lead)
    text = approved.text
    for each in (lead, *waiting):
        text = redact(text, letters.writing(each, letters.key_of(each, keyring)))
    for letter in waiting:
        letter.state = advance(letter.state, Act.APPROVE)
        await deliver(uow, letter, approved._replace(text=text), keyring, chance)


async def _clear_draft(uow: UnitOfWork, answer: Answer) -> None:
    """Let what follows begin anew, unless somebody wrote on since this was submitted."""
    draft = await uow.session.get(Draft, (answer.letter_id, answer.organization))
    if draft is not None and draft.saved_at <= answer.written_at:
        draft.sealed = None
        draft.policies, draft.insertions, draft.writers = [], [], []


def _give_back(uow: UnitOfWork, letter: Letter, answer: Answer) -> None:
    uow.announce(
        AnswerReturned(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            organization=answer.organization,
            answer_hash=answer.answer_hash,
            supplement=answer.supplement,
        )
    )
