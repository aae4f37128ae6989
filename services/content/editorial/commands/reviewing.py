"""Submitting an item's text, and reviewing it."""

import asyncio
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from services.content.editorial.commands.checking import (
    addresses,
    check_again,
    file_facts,
    surroundings,
    text_of,
)
from services.content.editorial.commands.opening import open_item, take_part
from services.content.editorial.commands.tasking import open_task, settle
from services.content.editorial.link_reading.queries import dead_links
from services.content.editorial.models import Approval, Item, PartKind, Task
from services.content.editorial.owing import after_review_due
from services.content.editorial.queries import items as queries
from services.content.editorial.queries import owing
from services.content.editorial.waiver import unanswered
from services.content.editorial.workflow import (
    REVIEWED_BY,
    Act,
    advance,
    awaited,
    check_reviewer,
    consents_to,
    is_cleared,
    road,
)
from services.content.registry import queries as registry
from shared.auth import Permission
from shared.contracts.content import ItemReviewed, ItemSubmitted, ReviewStep, Stage, Verdict
from shared.contracts.drafting import ReviewDecision, Submission
from shared.contracts.tasking import TaskKind, TaskOutcome
from shared.problem import Conflict, Unprocessable
from shared.uow import UnitOfWork


class NotReady(Unprocessable):
    """The draft has faults to put right before review."""

    advice = "稿件尚有问题，请逐项改正后再送审。"


class FilesNotReady(Conflict):
    """A file of the text is still being looked into, or was refused."""

    advice = "附件、图片或音视频尚未处理完成，或未通过安全检查，请稍后再送审或更换文件。"


class OtherText(Conflict):
    """The text under review is not the one this decision was made about."""

    advice = "稿件内容已变化，请重新阅读后再作决定。"


async def submit_for_review(
    uow: UnitOfWork, item_id: UUID, submission: Submission, *, version: int
) -> Item:
    """Hand an item's text to its reviewers; one edited back keeps the approvals it had."""
    item = await open_item(uow, item_id, version, Permission.EDIT)
    stage = advance(item.stage, Act.SUBMIT)
    found = await _judged(uow, item)
    if blocking := unanswered(found):
        raise NotReady(findings=blocking)
    levels = await queries.levels(uow.session, item.sponsoring)
    owed = await owing.open_tasks(uow.session, item.id)
    item.stage, item.return_reason, item.findings = stage, None, found
    item.emergency_reason = submission.emergency_reason
    item.submitted_by = uow.actor.id
    item.steps = [*road(levels, emergency=item.is_emergency)]
    settle(uow, [task for task in owed if task.kind is TaskKind.WRITE], TaskOutcome.DONE)
    uow.announce(
        ItemSubmitted(
            item_id=item.id,
            site_code=item.site_code,
            content_hash=item.current.content_hash,
            emergency=item.is_emergency,
        )
    )
    await _go_on(uow, item, owed)
    return item


async def _judged(uow: UnitOfWork, item: Item) -> list[dict[str, Any]]:
    """Return what is found by today's words, and now that every file can be read; else refuse."""
    named = item.current.asset_ids
    files = await file_facts(uow.session, named)
    if waiting := set(named) - files.keys():
        raise FilesNotReady(files=sorted(map(str, waiting)))
    around = await surroundings(uow.session, uow.now, [item.column_id])
    leads_to = await asyncio.to_thread(addresses, text_of(item), item, files)
    dead = await dead_links(uow.session, leads_to)
    return await asyncio.to_thread(check_again, item, around, files, dead)


async def review_item(
    uow: UnitOfWork, item_id: UUID, decision: ReviewDecision, *, version: int
) -> Item:
    """Approve or return exactly the text that was read; the last approval clears it.

    A text returned loses its approvals: sent in again unchanged, it is reviewed anew.
    """
    item = await open_item(uow, item_id, version, REVIEWED_BY[decision.step])
    if decision.content_hash != item.current.content_hash:
        raise OtherText(content_hash=item.current.content_hash)
    owed = await owing.open_tasks(uow.session, item.id)
    approved = decision.verdict is Verdict.APPROVE
    if approved:
        await _approve(uow, item, decision.step)
    else:
        _take_back(item, decision.reason)
    uow.announce(
        ItemReviewed(
            item_id=item.id,
            site_code=item.site_code,
            step=decision.step,
            verdict=decision.verdict,
            content_hash=item.current.content_hash,
        )
    )
    reviews = [task for task in owed if task.kind is TaskKind.REVIEW]
    theirs = [task for task in reviews if task.step is decision.step]
    settle(uow, theirs, TaskOutcome.DONE if approved else TaskOutcome.RETURNED)
    if approved:
        await _go_on(uow, item, reviews)
    else:
        settle(uow, [task for task in reviews if task not in theirs], TaskOutcome.DROPPED)
        open_task(uow, item, TaskKind.WRITE, assignee=item.submitted_by, note=decision.reason)
    return item


async def _approve(uow: UnitOfWork, item: Item, step: ReviewStep) -> None:
    stage = advance(item.stage, Act.APPROVE)
    writers = await queries.writers(uow.session, item.id)
    given = consents_to(item.current.content_hash, item.approvals)
    check_reviewer(step, uow.actor.id, writers, given, item.asked, emergency=item.is_emergency)
    await take_part(uow, item.id, uow.actor.id, PartKind.REVIEWER)
    item.stage = stage
    item.approvals.append(
        Approval(
            content_hash=item.current.content_hash,
            step=step,
            reviewer=uow.actor.id,
            decided_at=uow.now,
        )
    )
    flag_modified(item, "stage")  # an approval changes the item, and so its version


def _take_back(item: Item, reason: str | None) -> None:
    item.stage, item.return_reason = advance(item.stage, Act.RETURN), reason
    for consent in consents_to(item.current.content_hash, item.approvals):
        item.approvals.remove(consent)


def void(item: Item, content_hash: str, reason: str) -> None:
    """Let a text that was taken back count as reviewed no more; to go out again it is anew."""
    for consent in consents_to(content_hash, item.approvals):
        item.approvals.remove(consent)
    if item.vouched_hash == content_hash:
        item.vouched_hash = None
    if item.stage is Stage.CLEARED and item.current.content_hash == content_hash:
        item.stage, item.return_reason = advance(item.stage, Act.RETURN), reason


async def _go_on(uow: UnitOfWork, item: Item, owed: Collection[Task]) -> None:
    """Ask for the reviews that may be given now; without any left the text is cleared."""
    text = item.current.content_hash
    if is_cleared(text, item.approvals, item.asked):
        item.stage = advance(item.stage, Act.CLEAR)
        if item.is_emergency:
            due = after_review_due(uow.now, await registry.calendar(uow.session))
            open_task(uow, item, TaskKind.AFTER_REVIEW, deadline=due)
        return
    asked = {task.step for task in owed}
    given = consents_to(text, item.approvals)
    for step in awaited(item.asked, given, emergency=item.is_emergency):
        if step not in asked:
            open_task(uow, item, TaskKind.REVIEW, step=step)
