"""Asking for the review of an answer, and taking that back."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.answering import borrowing, likeness, perfunctory
from services.interaction.mailbox.answering.borrowing import Borrowed
from services.interaction.mailbox.answering.commands import drafting
from services.interaction.mailbox.answering.models import Answer, Citation, Draft
from services.interaction.mailbox.answering.queries import submitted
from services.interaction.mailbox.answering.review import awaits_review, submitting
from services.interaction.mailbox.answering.wording import wording
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.handling import Act, WrongState, advance
from services.interaction.mailbox.letters.models import Letter
from services.interaction.mailbox.letters.writing import Writing
from services.interaction.mailbox.library import queries as library
from shared.auth import Permission
from shared.business_day import business_date
from shared.contracts.answer_drafts import DraftText
from shared.contracts.answers import AnswerDrafted, AnswerFinding, AnswerWithdrawn
from shared.ids import new_id
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork


class Judged(NamedTuple):
    """An answer as it is submitted: what was found in it, what it cites, and its sketches."""

    findings: list[AnswerFinding]
    cited: Sequence[Borrowed]
    sketch: list[int]
    asked_sketch: list[int]


async def draft_answer(
    uow: UnitOfWork,
    letter_id: UUID,
    text: DraftText,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> Letter:
    """Write the answer a reviewer will be asked to let go; it is the unit's draft as well."""
    letter = await letters.locked(uow, letter_id, version)
    draft = await drafting.begun(uow, letter)
    draft.policies = [str(policy) for policy in text.policies]
    drafting.keep(uow, letter, draft, text.text, keyring, chance)
    return await _submit(uow, letter, draft, keyring, chance)


async def submit_draft(
    uow: UnitOfWork,
    letter_id: UUID,
    keyring: Keyring,
    chance: Chance,
    *,
    draft_version: int,
    version: int,
) -> Letter:
    """Ask for the review of the unit's draft as it was read."""
    letter = await letters.locked(uow, letter_id, version)
    draft = await drafting.writable(uow, letter, draft_version)
    return await _submit(uow, letter, draft, keyring, chance)


async def withdraw_answer(uow: UnitOfWork, letter_id: UUID, *, version: int) -> Letter:
    """Take back an answer that awaits review; its text is still the unit's draft."""
    letter = await letters.locked(uow, letter_id, version)
    answer = await submitted.latest(uow.session, letter)
    if answer is None or not awaits_review(answer):
        raise WrongState(state=letter.state)
    state = advance(letter.state, Act.SUPPLEMENT if answer.supplement else Act.WITHDRAW)
    uow.actor.require(Permission.ANSWER, drafting.unit_of(letter))
    letter.state, answer.withdrawn_at = state, uow.now
    flag_modified(letter, "state")  # a supplement moves the letter nowhere, yet it is another
    uow.announce(
        AnswerWithdrawn(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            organization=answer.organization,
            answer_hash=answer.answer_hash,
            supplement=answer.supplement,
        )
    )
    return letter


async def _submit(
    uow: UnitOfWork, letter: Letter, draft: Draft, keyring: Keyring, chance: Chance
) -> Letter:
    act = submitting(letter.state)
    text = drafting.text_of(letter, draft, keyring)
    key = letters.key_of(letter, keyring)
    judged = await _judge(uow, letter, draft, text, keyring)
    letter.state = advance(letter.state, act)
    letter.rounds += 1
    answer = Answer(
        id=new_id(),
        letter_id=letter.id,
        round=letter.rounds,
        organization=draft.organization,
        supplement=act is Act.SUPPLEMENT,
        sealed=key.close(chance(NONCE_BYTES), text, "answer"),
        sealed_findings=key.close(
            chance(NONCE_BYTES), submitted.FINDINGS.dump_json(judged.findings).decode(), "findings"
        ),
        answer_hash=key.answer_hash(text),
        policies=draft.policies,
        sketch=judged.sketch,
        clues=judged.sketch[: wording().copying.clues],
        asked_sketch=judged.asked_sketch,
        author=uow.actor.id,
        writers=list(dict.fromkeys([*draft.writers, uow.actor.id])),
        written_at=uow.now,
    )
    uow.session.add(answer)
    await uow.session.flush()
    uow.session.add_all(
        Citation(answer_id=answer.id, entry_id=each.entry_id, edition=each.edition)
        for each in judged.cited
    )
    uow.announce(
        AnswerDrafted(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            organization=draft.organization,
            answer_hash=answer.answer_hash,
            supplement=answer.supplement,
        )
    )
    return letter


async def _judge(
    uow: UnitOfWork, letter: Letter, draft: Draft, text: str, keyring: Keyring
) -> Judged:
    words, today = wording(), business_date(uow.now)
    wrote = letters.writing(letter, letters.key_of(letter, keyring))
    cited = borrowing.standing(await _borrowed(uow, draft), text)
    usable = await library.usable_today(uow.session, [each.entry_id for each in cited], today)
    own = perfunctory.own_words(text, words, [each.text for each in cited])
    sketch = _sketch(own, keyring)
    asked = _sketch(wrote.text, keyring)
    others = await submitted.others(uow.session, letter, draft.organization, sketch, uow.now)
    copied = likeness.copied(sketch, asked, others, words)
    findings = [
        *perfunctory.findings(text, _asked(wrote, today), words),
        *borrowing.findings(cited, own, usable, words),
        *([copied] if copied else []),
    ]
    return Judged(findings, cited, sketch, asked)


def _asked(wrote: Writing, today: date) -> perfunctory.Asked:
    return perfunctory.Asked(wrote.title, wrote.text, today)


def _sketch(text: str, keyring: Keyring) -> list[int]:
    figures = wording().copying
    return likeness.sketch(keyring.text_marks(likeness.stretches(text, figures)), figures)


async def _borrowed(uow: UnitOfWork, draft: Draft) -> list[Borrowed]:
    named = [(UUID(each["entry_id"]), each["edition"]) for each in draft.insertions]
    texts = await library.texts(uow.session, named)
    return [Borrowed(*name, text) for name, text in zip(named, texts, strict=True)]
