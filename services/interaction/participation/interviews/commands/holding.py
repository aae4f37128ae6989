"""Holding an interview: it starts, things are said, it ends, and its record is published."""

from uuid import UUID

from services.interaction.participation.interviews import queries
from services.interaction.participation.interviews.commands.preparing import told
from services.interaction.participation.interviews.conduct import (
    Act,
    ReplacedAlready,
    advance,
    another,
    check_settled,
    post_of,
)
from services.interaction.participation.interviews.models import (
    Interview,
    Question,
    TranscriptEntry,
)
from services.interaction.participation.interviews.telling import REST, RESULT, Line, record
from services.interaction.participation.telling import bounded
from shared.auth import Permission
from shared.contracts.interviewing import Guest, NewTranscriptEntry
from shared.contracts.interviews import (
    InterviewEnded,
    InterviewPublished,
    InterviewStarted,
    TranscriptEntered,
)
from shared.contracts.participation import (
    ParticipationKind,
    ParticipationMoment,
    ParticipationTold,
)
from shared.contracts.voices import VoiceState
from shared.problem import Fault, Invalid
from shared.uow import UnitOfWork, expect


async def start(uow: UnitOfWork, interview_id: UUID, *, version: int) -> Interview:
    """Go live."""
    interview = await _locked(uow, interview_id, Permission.EDIT)
    expect(version, interview.version)
    interview.state = advance(interview.state, Act.START)
    interview.started_at = uow.now
    uow.announce(InterviewStarted(interview_id=interview.id, site_code=interview.site_code))
    return interview


async def enter(uow: UnitOfWork, interview_id: UUID, new: NewTranscriptEntry) -> TranscriptEntry:
    """Enter what was said, after all that was said before; a correction replaces an entry.

    The interview is locked meanwhile, so whoever has read an entry has missed none before it.
    """
    interview = await _locked(uow, interview_id, Permission.EDIT)
    act = Act.SAY if new.replaces is None else Act.CORRECT
    interview.state = advance(interview.state, act)
    guests = [Guest.model_validate(guest) for guest in interview.guests]
    entry = TranscriptEntry(
        interview_id=interview.id,
        sequence=await queries.last_sequence(uow.session, interview.id) + 1,
        at=uow.now,
        speaker=new.speaker,
        name=new.name,
        post=post_of(new, guests),
        said=new.text,
        replaces=new.replaces,
        entered_by=uow.actor.id,
    )
    entry.question = await _answers(uow, entry, new)
    uow.session.add(entry)
    await uow.session.flush()
    uow.announce(
        TranscriptEntered(
            interview_id=interview.id,
            sequence=entry.sequence,
            speaker=entry.speaker,
            question_id=entry.question_id,
            replaces=entry.replaces,
        )
    )
    return entry


async def end(uow: UnitOfWork, interview_id: UUID, *, version: int) -> Interview:
    """Say no more; what was said may still be corrected."""
    interview = await _locked(uow, interview_id, Permission.EDIT)
    expect(version, interview.version)
    interview.state = advance(interview.state, Act.END)
    interview.ended_at, interview.ended_by = uow.now, uow.actor.id
    uow.announce(
        InterviewEnded(
            interview_id=interview.id,
            site_code=interview.site_code,
            entries=await queries.last_sequence(uow.session, interview.id),
        )
    )
    return interview


async def publish(uow: UnitOfWork, interview_id: UUID, *, version: int) -> Interview:
    """Publish the record, by a person who entered nothing of it; it becomes content."""
    interview = await _locked(uow, interview_id, Permission.REVIEW)
    expect(version, interview.version)
    state = advance(interview.state, Act.PUBLISH)
    authors = {interview.ended_by, interview.prepared_by}
    if await queries.entered(uow.session, interview.id, uow.actor):
        authors.add(uow.actor.id)
    another(authors, uow.actor.id)
    check_settled(*await queries.unsettled(uow.session, interview.id))
    interview.state = state
    interview.published_by, interview.published_at = uow.actor.id, uow.now
    await _tell_published(uow, interview)
    return interview


async def _answers(
    uow: UnitOfWork, entry: TranscriptEntry, new: NewTranscriptEntry
) -> Question | None:
    """Return the question an entry answers: the one it names, or that of what it replaces."""
    question_id = new.question_id
    if new.replaces is not None:
        before = await _replace(uow, entry, new.replaces)
        question_id = question_id or before
    if question_id is None:
        return None
    question = await uow.session.get(Question, question_id, with_for_update=True)
    if (
        question is None
        or question.interview_id != entry.interview_id
        or question.state is not VoiceState.APPROVED
    ):
        raise Invalid([Fault("/question_id", "not_approved", "只能答复已通过审核的提问。")])
    question.answered_in = entry.sequence
    return question


async def _replace(uow: UnitOfWork, entry: TranscriptEntry, sequence: int) -> UUID | None:
    """Put an entry in the place of an earlier one; return the question that one had answered."""
    before = await queries.entry(uow.session, entry.interview_id, sequence)
    if before is None:
        raise Invalid([Fault("/replaces", "unknown", "没有这条实录。")])
    if before.replaced_by is not None:
        raise ReplacedAlready(replaced_by=before.replaced_by)
    before.replaced_by = entry.sequence
    if before.question_id is not None:
        answered = await uow.session.get_one(Question, before.question_id, with_for_update=True)
        answered.answered_in = None
    return before.question_id


async def _tell_published(uow: UnitOfWork, interview: Interview) -> None:
    asked, answered = await queries.asked_and_answered(uow.session, interview.id)
    uow.announce(
        InterviewPublished(
            interview_id=interview.id,
            site_code=interview.site_code,
            questions=asked,
            answered=answered,
        )
    )
    lines = [
        Line(entry.name, entry.said, entry.question.shown if entry.question else None)
        for entry in await queries.standing(uow.session, interview.id)
    ]
    uow.announce(
        ParticipationTold(
            subject_id=interview.id,
            kind=ParticipationKind.INTERVIEW,
            moment=ParticipationMoment.RESULT,
            site_code=interview.site_code,
            title=RESULT.format(title=interview.title),
            paragraphs=bounded(record(told(interview), lines), REST),
            source=interview.organization_name,
            source_url=interview.page_url,
            author=interview.ended_by,
        )
    )


async def _locked(uow: UnitOfWork, interview_id: UUID, needed: Permission) -> Interview:
    found = await queries.interview(uow.session, uow.actor, interview_id, locked=True)
    uow.actor.require(needed, found.sponsoring, site_code=found.site_code)
    return found
