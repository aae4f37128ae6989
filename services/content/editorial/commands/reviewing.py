"""Submitting an item's text, and reviewing it."""

from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from services.content.editorial import queries
from services.content.editorial.checks.finding import Severity
from services.content.editorial.commands.opening import open_item
from services.content.editorial.models import Approval, Item
from services.content.editorial.workflow import (
    REVIEWED_BY,
    Act,
    advance,
    check_reviewer,
    consents_to,
    is_cleared,
)
from shared.auth import Permission
from shared.contracts.content import ItemReviewed, ItemSubmitted, Verdict
from shared.contracts.drafting import ReviewDecision
from shared.problem import Conflict, Unprocessable
from shared.uow import UnitOfWork


class NotReady(Unprocessable):
    """The draft has faults to put right before review."""

    advice = "稿件尚有问题，请逐项改正后再送审。"


class OtherText(Conflict):
    """The text under review is not the one this decision was made about."""

    advice = "稿件内容已变化，请重新阅读后再作决定。"


async def submit_for_review(uow: UnitOfWork, item_id: UUID, *, version: int) -> Item:
    """Hand an item's text to its reviewers; one edited back keeps the approvals it had."""
    item = await open_item(uow, item_id, version, Permission.EDIT)
    item.stage, item.return_reason = advance(item.stage, Act.SUBMIT), None
    blocking = [found for found in item.findings if found["severity"] == Severity.BLOCKING]
    if blocking:
        raise NotReady(findings=blocking)
    if is_cleared(item.current.content_hash, item.approvals):
        item.stage = advance(item.stage, Act.CLEAR)
    uow.announce(
        ItemSubmitted(
            item_id=item.id, site_code=item.site_code, content_hash=item.current.content_hash
        )
    )
    return item


async def review_item(
    uow: UnitOfWork, item_id: UUID, decision: ReviewDecision, *, version: int
) -> Item:
    """Approve or return exactly the text that was read; the second approval clears it.

    A text returned loses its approvals: sent in again unchanged, it is reviewed anew.
    """
    item = await open_item(uow, item_id, version, REVIEWED_BY[decision.step])
    if decision.content_hash != item.current.content_hash:
        raise OtherText(content_hash=item.current.content_hash)
    if decision.verdict is Verdict.RETURN:
        item.stage = advance(item.stage, Act.RETURN)
        item.return_reason = decision.reason
        for consent in consents_to(item.current.content_hash, item.approvals):
            item.approvals.remove(consent)
    else:
        await _approve(uow, item, decision)
    uow.announce(
        ItemReviewed(
            item_id=item.id,
            site_code=item.site_code,
            step=decision.step,
            verdict=decision.verdict,
            content_hash=item.current.content_hash,
        )
    )
    return item


async def _approve(uow: UnitOfWork, item: Item, decision: ReviewDecision) -> None:
    stage = advance(item.stage, Act.APPROVE)
    wrote = await queries.authors(uow.session, item.id)
    given = consents_to(item.current.content_hash, item.approvals)
    check_reviewer(decision.step, uow.actor.id, wrote, given)
    item.approvals.append(
        Approval(
            content_hash=item.current.content_hash,
            step=decision.step,
            reviewer=uow.actor.id,
            decided_at=uow.now,
        )
    )
    if is_cleared(item.current.content_hash, item.approvals):
        stage = advance(stage, Act.CLEAR)
    item.stage = stage
    flag_modified(item, "stage")  # an approval changes the item, and so its version
