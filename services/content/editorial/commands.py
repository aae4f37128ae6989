"""Everything that changes an item before its release."""

from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from services.content.editorial import queries
from services.content.editorial.checks.gate import check
from services.content.editorial.checks.subject import Subject
from services.content.editorial.models import Approval, Item, Revision
from services.content.editorial.revision import content_hash
from services.content.editorial.workflow import (
    REVIEWED_BY,
    Act,
    advance,
    check_reviewer,
    consents_to,
    is_cleared,
)
from services.content.lexicons import queries as lexicons
from services.content.lexicons.matching import Lexicons
from services.content.registry import queries as registry
from shared.auth import Permission
from shared.business_day import business_date
from shared.contracts.content import (
    ItemDrafted,
    ItemKind,
    ItemReviewed,
    ItemRevised,
    ItemSubmitted,
    Verdict,
)
from shared.contracts.drafting import Draft, NewItem, ReviewDecision
from shared.contracts.lexicons import Severity
from shared.ids import new_id
from shared.problem import Conflict, Fault, Invalid, NotFound, Unprocessable
from shared.uow import UnitOfWork, expect


class NotReady(Unprocessable):
    """The draft has faults to put right before review."""

    advice = "稿件尚有问题，请逐项改正后再送审。"


class OtherText(Conflict):
    """The text under review is not the one this decision was made about."""

    advice = "稿件内容已变化，请重新阅读后再作决定。"


async def write_item(uow: UnitOfWork, new: NewItem) -> Item:
    """Write the first text of an item for a column of a site."""
    site = await registry.site(uow.session, new.site_code)
    uow.actor.require(Permission.EDIT, site.sponsoring)
    column = await registry.column(uow.session, new.column_id)
    if column.site_code != site.code:
        raise Invalid([Fault("/column_id", "other_site", "该栏目不属于此网站。")])
    item = Item(
        id=new_id(),
        site_code=site.code,
        sponsoring=site.sponsoring,
        column_id=column.id,
        kind=new.kind,
        approvals=[],
    )
    _write(uow, item, new, await lexicons.in_force(uow.session))
    uow.session.add(item)
    uow.announce(
        ItemDrafted(
            item_id=item.id, site_code=site.code, kind=item.kind, content_hash=item.content_hash
        )
    )
    return item


async def revise_item(uow: UnitOfWork, item_id: UUID, draft: Draft, *, version: int) -> Item:
    """Replace an item's text; whoever approved the old one has not approved the new one."""
    item = await _open(uow, item_id, version, Permission.EDIT)
    item.stage = advance(item.stage, Act.REVISE)
    held = consents_to(item.content_hash, item.approvals)
    _write(uow, item, draft, await lexicons.in_force(uow.session))
    voided = 0 if consents_to(item.content_hash, item.approvals) else len(held)
    uow.announce(
        ItemRevised(
            item_id=item.id,
            site_code=item.site_code,
            content_hash=item.content_hash,
            voided=voided,
        )
    )
    return item


def _write(uow: UnitOfWork, item: Item, draft: Draft, in_force: Lexicons) -> None:
    if draft.interprets is not None and item.kind is not ItemKind.INTERPRETATION:
        raise Invalid([Fault("/interprets", "wrong_kind", "只有解读类稿件可以关联被解读的文件。")])
    text = draft.model_dump(include=set(Draft.model_fields))
    read = draft.model_dump(mode="json", include=set(Draft.model_fields))
    item.revision = Revision(
        **text,
        item_id=item.id,
        content_hash=content_hash(item.site_code, item.column_id, item.kind, read),
        findings=[
            finding.model_dump(mode="json") for finding in check(_checked(uow, draft, in_force))
        ],
        author=uow.actor.id,
        written_at=uow.now,
    )


def _checked(uow: UnitOfWork, draft: Draft, in_force: Lexicons) -> Subject:
    return Subject(
        title=draft.title,
        body=draft.body,
        summary=draft.summary,
        written_on=draft.written_on,
        today=business_date(uow.now),
        lexicons=in_force,
    )


async def submit_for_review(uow: UnitOfWork, item_id: UUID, *, version: int) -> Item:
    """Hand an item's text to its reviewers; one edited back keeps the approvals it had."""
    item = await _open(uow, item_id, version, Permission.EDIT)
    item.stage, item.return_reason = advance(item.stage, Act.SUBMIT), None
    blocking = [found for found in item.findings if found["severity"] == Severity.BLOCKING]
    if blocking:
        raise NotReady(findings=blocking)
    if is_cleared(item.content_hash, item.approvals):
        item.stage = advance(item.stage, Act.CLEAR)
    uow.announce(
        ItemSubmitted(item_id=item.id, site_code=item.site_code, content_hash=item.content_hash)
    )
    return item


async def review_item(
    uow: UnitOfWork, item_id: UUID, decision: ReviewDecision, *, version: int
) -> Item:
    """Approve or return exactly the text that was read; the second approval clears it.

    A text returned loses its approvals: sent in again unchanged, it is reviewed anew.
    """
    item = await _open(uow, item_id, version, REVIEWED_BY[decision.step])
    if decision.content_hash != item.content_hash:
        raise OtherText(content_hash=item.content_hash)
    if decision.verdict is Verdict.RETURN:
        item.stage = advance(item.stage, Act.RETURN)
        item.return_reason = decision.reason
        for consent in consents_to(item.content_hash, item.approvals):
            item.approvals.remove(consent)
    else:
        await _approve(uow, item, decision)
    uow.announce(
        ItemReviewed(
            item_id=item.id,
            site_code=item.site_code,
            step=decision.step,
            verdict=decision.verdict,
            content_hash=item.content_hash,
        )
    )
    return item


async def _approve(uow: UnitOfWork, item: Item, decision: ReviewDecision) -> None:
    stage = advance(item.stage, Act.APPROVE)
    wrote = await queries.authors(uow.session, item.id)
    given = consents_to(item.content_hash, item.approvals)
    check_reviewer(decision.step, uow.actor.id, wrote, given)
    item.approvals.append(
        Approval(
            content_hash=item.content_hash,
            step=decision.step,
            reviewer=uow.actor.id,
            decided_at=uow.now,
        )
    )
    if is_cleared(item.content_hash, item.approvals):
        stage = advance(stage, Act.CLEAR)
    item.stage = stage
    flag_modified(item, "stage")  # an approval changes the item, and so its version


async def _open(uow: UnitOfWork, item_id: UUID, version: int, permission: Permission) -> Item:
    found = await queries.locked(uow.session, [item_id])
    if not found or not _knows_of(uow, found[0]):
        raise NotFound("没有这篇稿件。")
    item = found[0]
    uow.actor.require(permission, item.sponsoring)
    expect(version, item.version)
    return item


def _knows_of(uow: UnitOfWork, item: Item) -> bool:
    return uow.actor.may(Permission.READ_DRAFTS, item.sponsoring)
