"""Opening topics, changing, assigning, closing and archiving them."""

from collections.abc import Iterator
from uuid import UUID

from services.content.registry import queries as registry
from services.content.topics import queries
from services.content.topics.clocks import UNSETTLED, ClockSettled, deadlines
from services.content.topics.lifecycle import Act, advance
from services.content.topics.models import Clock, Topic
from shared.auth import Permission, within
from shared.contracts.topics import (
    NewTopic,
    TopicArchived,
    TopicAssigned,
    TopicChanged,
    TopicClosed,
    TopicKind,
    TopicOpened,
    TopicText,
)
from shared.personal_data import mask
from shared.problem import Conflict, Fault, Invalid, NotFound
from shared.uow import UnitOfWork, expect


class NotAConcern(Conflict):
    """Only a public concern is assigned or explained."""

    advice = "只有社会关切类专题可以交办或说明。"


async def open_topic(uow: UnitOfWork, new: NewTopic) -> Topic:
    """Open a topic on a site; an incident's or a concern's clocks run from this moment."""
    site = await registry.site(uow.session, new.site_code)
    uow.actor.require(Permission.EDIT, site.sponsoring)
    faults = list(_tells_of_persons(new))
    if new.occurred_at is not None and new.occurred_at > uow.now:
        faults.append(Fault("/occurred_at", "in_the_future", "发生时间不能晚于当前时间。"))
    if faults:
        raise Invalid(faults)
    due = deadlines(new.kind, uow.now)
    topic = Topic(
        site_code=site.code,
        sponsoring=site.sponsoring,
        kind=new.kind,
        title=new.title,
        summary=new.summary,
        source=mask(new.source) if new.source else None,
        source_url=str(new.source_url) if new.source_url else None,
        occurred_at=new.occurred_at,
        registered_at=uow.now,
        registered_by=uow.actor.id,
        clocks=[Clock(kind=kind, deadline=at, due_at=at) for kind, at in due.items()],
    )
    uow.session.add(topic)
    await uow.session.flush()
    uow.announce(
        TopicOpened(
            topic_id=topic.id,
            site_code=topic.site_code,
            sponsoring=topic.sponsoring,
            kind=topic.kind,
            title=topic.title,
            occurred_at=topic.occurred_at,
            deadlines=due,
        )
    )
    return topic


async def change_topic(uow: UnitOfWork, topic_id: UUID, text: TopicText, *, version: int) -> Topic:
    """Call an open topic otherwise."""
    topic = await open_to_change(uow, topic_id, version)
    topic.state = advance(topic.state, Act.CHANGE)
    if faults := list(_tells_of_persons(text)):
        raise Invalid(faults)
    topic.title, topic.summary = text.title, text.summary
    uow.announce(TopicChanged(topic_id=topic.id, site_code=topic.site_code, title=topic.title))
    return topic


async def close_topic(uow: UnitOfWork, topic_id: UUID, *, version: int) -> Topic:
    """Let no more items join a topic; its clocks run on."""
    topic = await open_to_change(uow, topic_id, version)
    topic.state, topic.closed_at = advance(topic.state, Act.CLOSE), uow.now
    uow.announce(TopicClosed(topic_id=topic.id, site_code=topic.site_code))
    return topic


async def archive_topic(uow: UnitOfWork, topic_id: UUID, *, version: int) -> Topic:
    """Put a closed topic away; it stays readable."""
    topic = await open_to_change(uow, topic_id, version)
    topic.state = advance(topic.state, Act.ARCHIVE)
    uow.announce(TopicArchived(topic_id=topic.id, site_code=topic.site_code))
    return topic


async def assign_concern(uow: UnitOfWork, topic_id: UUID, code: str, *, version: int) -> Topic:
    """Tell an organization below the site's supervisor to answer a concern."""
    topic = await _known(uow, topic_id)
    if not uow.actor.may(Permission.ISSUE_DIRECTIVE, topic.sponsoring):
        uow.actor.require(Permission.EDIT, topic.sponsoring)
    expect(version, topic.version)
    if topic.kind is not TopicKind.CONCERN:
        raise NotAConcern
    if not (waiting := [clock for clock in topic.clocks if clock.state in UNSETTLED]):
        raise ClockSettled
    site = await registry.site(uow.session, topic.site_code)
    organization = await registry.organization(uow.session, code)
    if not within(organization.path, site.supervising):
        raise Invalid([Fault("/organization", "out_of_reach", "该单位不在网站主管范围内。")])
    topic.assigned_to = organization.path
    uow.announce(
        TopicAssigned(
            topic_id=topic.id,
            site_code=topic.site_code,
            organization=organization.path,
            deadline=waiting[0].deadline,
        )
    )
    return topic


async def open_to_change(uow: UnitOfWork, topic_id: UUID, version: int) -> Topic:
    """Return a topic locked, as it was read, to one who may edit its site."""
    topic = await _known(uow, topic_id)
    uow.actor.require(Permission.EDIT, topic.sponsoring)
    expect(version, topic.version)
    return topic


async def _known(uow: UnitOfWork, topic_id: UUID) -> Topic:
    topic = await queries.locked(uow.session, topic_id)
    if topic is None or not uow.actor.may(Permission.READ_DRAFTS, topic.sponsoring):
        raise NotFound("没有这个专题。")
    return topic


def _tells_of_persons(text: TopicText) -> Iterator[Fault]:
    for field, said in (("title", text.title), ("summary", text.summary)):
        if said and mask(said) != said:
            yield Fault(f"/{field}", "personal_data", "含有个人信息，请删除或作去标识化处理。")
