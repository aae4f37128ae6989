"""What meets the clocks of a topic, and what becomes of one that nothing met."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from services.content.topics import queries
from services.content.topics.clocks import UNSETTLED, ClockSettled, is_met_by, settled
from services.content.topics.commands.keeping import NotAConcern, open_to_change
from services.content.topics.models import Clock, Topic
from shared.auth import Permission
from shared.contracts.content import ItemKind
from shared.contracts.topics import (
    ClockKind,
    ClockState,
    PressConference,
    TopicClockMissed,
    TopicClockSettled,
    TopicKind,
)
from shared.personal_data import mask
from shared.problem import Fault, Invalid, NotFound
from shared.uow import UnitOfWork, expect


async def note_release(
    uow: UnitOfWork, topic_id: UUID, item_id: UUID, kind: ItemKind, at: datetime
) -> None:
    """Let an item that went out at this instant meet the clocks that wait for one of its kind.

    Releases are heard of late, and not always in their order: a miss is put right, and so is a
    later release that was taken for the first.
    """
    topic = await queries.locked(uow.session, topic_id)
    if topic is None:
        return
    for clock in topic.clocks:
        if is_met_by(clock.kind, kind) and _is_first(clock, at):
            clock.item_id = item_id
            _settle(uow, topic, clock, settled(clock.deadline, at), at)


async def record_conference(
    uow: UnitOfWork, topic_id: UUID, held: PressConference, *, version: int
) -> Topic:
    """Record that a press conference on an incident was held; when it was recorded stays seen."""
    topic = await open_to_change(uow, topic_id, version)
    clock = _waiting(topic, ClockKind.PRESS_CONFERENCE)
    if not (topic.occurred_at or topic.registered_at) <= held.held_at <= uow.now:
        raise Invalid(
            [Fault("/held_at", "out_of_range", "举行时间须晚于事件发生时间，且不晚于当前时间。")]
        )
    clock.place = held.place
    clock.recorded_at, clock.recorded_by = uow.now, uow.actor.id
    _settle(uow, topic, clock, settled(clock.deadline, held.held_at), held.held_at)
    return topic


async def explain_silence(uow: UnitOfWork, topic_id: UUID, reason: str, *, version: int) -> Topic:
    """Record why a concern is not answered; the unit it is assigned to may do so, or the site."""
    topic = await queries.locked(uow.session, topic_id)
    if topic is None or not _knows_of(uow, topic):
        raise NotFound("没有这个专题。")
    if not (topic.assigned_to and uow.actor.may(Permission.CONTRIBUTE, topic.assigned_to)):
        uow.actor.require(Permission.EDIT, topic.assigned_to or topic.sponsoring)
    expect(version, topic.version)
    if topic.kind is not TopicKind.CONCERN:
        raise NotAConcern
    clock = _waiting(topic, ClockKind.RESPONSE)
    clock.reason = reason
    clock.recorded_at, clock.recorded_by = uow.now, uow.actor.id
    _settle(uow, topic, clock, ClockState.EXPLAINED, uow.now)
    return topic


async def miss_clock(uow: UnitOfWork, clock_id: UUID) -> None:
    """Note that a deadline passed; what it asked for may still come, and will be late."""
    clock = await queries.clock(uow.session, clock_id)
    if clock is None or clock.state is not ClockState.RUNNING or clock.deadline > uow.now:
        return
    clock.state, clock.due_at = ClockState.MISSED, None
    uow.announce(
        TopicClockMissed(
            topic_id=clock.topic_id,
            site_code=clock.topic.site_code,
            clock=clock.kind,
            deadline=clock.deadline,
        )
    )


def _is_first(clock: Clock, at: datetime) -> bool:
    """Say whether nothing released earlier has met the clock."""
    return clock.item_id is None or clock.met_at is None or at < clock.met_at


def _waiting(topic: Topic, kind: ClockKind) -> Clock:
    for clock in topic.clocks:
        if clock.kind is kind and clock.state in UNSETTLED:
            flag_modified(topic, "state")  # what is recorded changes the topic, and its version
            return clock
    raise ClockSettled(clock=kind)


def _knows_of(uow: UnitOfWork, topic: Topic) -> bool:
    places = [topic.sponsoring, *([topic.assigned_to] if topic.assigned_to else [])]
    return any(
        uow.actor.may(permission, path)
        for path in places
        for permission in (Permission.READ_DRAFTS, Permission.CONTRIBUTE)
    )


def _settle(uow: UnitOfWork, topic: Topic, clock: Clock, state: ClockState, at: datetime) -> None:
    clock.state, clock.met_at, clock.due_at = state, at, None
    uow.announce(
        TopicClockSettled(
            topic_id=topic.id,
            site_code=topic.site_code,
            clock=clock.kind,
            state=state,
            deadline=clock.deadline,
            met_at=at,
            recorded_at=clock.recorded_at,
            item_id=clock.item_id,
            reason=mask(clock.reason) if clock.reason else None,
        )
    )
