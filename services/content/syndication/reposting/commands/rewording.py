"""Reposting in words of a site's own: proposed by one, consented to by others, then placed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from services.content.editorial.commands.reviewing import OtherText
from services.content.editorial.queries import items as editorial
from services.content.editorial.workflow import REVIEWED_BY, check_reviewer, is_cleared, road
from services.content.registry import queries as registry
from services.content.release.commands.reposting import WITHDRAWN
from services.content.release.queries import standing as public
from services.content.release.repost import Manner, allows, own_hash
from services.content.syndication.directives.commands.answering import accept, open_obligation
from services.content.syndication.directives.commands.wording import check_words
from services.content.syndication.directives.directive import settle
from services.content.syndication.reposting import queries
from services.content.syndication.reposting.models import Rewording
from shared.auth import Permission
from shared.contracts.content import Approval, Verdict
from shared.contracts.directives import ObligationState
from shared.contracts.origin import Fidelity
from shared.contracts.reposting import RewordingProposed, RewordingReviewed
from shared.problem import Fault, Invalid, NotFound
from shared.uow import UnitOfWork, expect

if TYPE_CHECKING:
    from uuid import UUID

    from shared.contracts.drafting import ReviewDecision
    from shared.contracts.reposting import NewRewording


async def propose(
    uow: UnitOfWork, obligation_id: UUID, new: NewRewording, *, version: int
) -> Rewording:
    """Propose to repost in other words, as far as the directive allows; consents begin anew."""
    obligation = await open_obligation(uow, obligation_id, Permission.REPOST)
    expect(version, obligation.version)
    settle(obligation.state, ObligationState.ACCEPTED)
    column = await registry.writable_column(uow.session, new.column_id)
    wrong = list(_beyond(obligation.directive.fidelity, new))
    if column.site_code != obligation.site_code:
        wrong.append(Fault("/column_id", "other_site", "该栏目不属于此网站。"))
    if wrong:
        raise Invalid(wrong)
    manner = Manner(new.title, new.summary, new.local_note)
    await check_words(uow, manner)
    source = await public.now_live(uow.session, obligation.item_id)
    if source is None:
        raise NotFound(WITHDRAWN)
    text = Rewording(
        obligation_id=obligation.id,
        item_id=obligation.item_id,
        site_code=obligation.site_code,
        origin_hash=source.content_hash,
        content_hash=own_hash(
            source.content_hash, obligation.site_code, column.id, source.kind, manner
        ),
        proposed_by=uow.actor.id,
        proposed_at=uow.now,
        approvals=[],
        **new.model_dump(),
    )
    kept = await _kept(uow, text)
    uow.announce(
        RewordingProposed(
            obligation_id=obligation.id,
            site_code=obligation.site_code,
            content_hash=kept.content_hash,
        )
    )
    return kept


async def review(
    uow: UnitOfWork, obligation_id: UUID, decision: ReviewDecision, *, version: int
) -> Rewording:
    """Consent to exactly these words, or return them; the last consent places the repost."""
    obligation = await open_obligation(uow, obligation_id, REVIEWED_BY[decision.step])
    text = await queries.rewording(uow.session, obligation_id)
    expect(version, text.version)
    settle(obligation.state, ObligationState.ACCEPTED)
    if decision.content_hash != text.content_hash or text.return_reason is not None:
        raise OtherText(content_hash=text.content_hash)
    steps = road(await editorial.levels(uow.session, obligation.sponsoring), emergency=False)
    given = list(map(Approval.model_validate, text.approvals))
    check_reviewer(decision.step, uow.actor.id, {text.proposed_by}, given, steps)
    if decision.verdict is Verdict.APPROVE:
        given.append(_consent(uow, decision))
        text.approvals = [one.model_dump(mode="json") for one in given]
    else:
        text.approvals, text.return_reason = [], decision.reason
    uow.announce(
        RewordingReviewed(
            obligation_id=obligation.id,
            site_code=obligation.site_code,
            step=decision.step,
            verdict=decision.verdict,
            content_hash=text.content_hash,
        )
    )
    if is_cleared(text.content_hash, given, steps):
        manner = Manner(text.title, text.summary, text.local_note, text.origin_hash)
        await accept(uow, obligation, text.column_id, manner)
    return text


def _consent(uow: UnitOfWork, decision: ReviewDecision) -> Approval:
    return Approval(
        step=decision.step,
        reviewer=uow.actor.id,
        content_hash=decision.content_hash,
        decided_at=uow.now,
    )


def _beyond(asked: Fidelity, new: NewRewording) -> Iterator[Fault]:
    """Yield a fault for each of the words that the directive does not let a site change."""
    if new.title is not None and not allows(asked, Fidelity.TITLE):
        yield Fault("/title", "verbatim", "本次转载要求不得更改标题。")
    if new.summary is not None and not allows(asked, Fidelity.SUMMARY):
        yield Fault("/summary", "verbatim", "本次转载要求不得以摘要代替正文。")


async def _kept(uow: UnitOfWork, text: Rewording) -> Rewording:
    """Keep a rewording in place of the one proposed before, if there is one."""
    known = await uow.session.get(Rewording, text.obligation_id, with_for_update=True)
    if known is None:
        uow.session.add(text)
        return text
    for name in set(Rewording.__mapper__.columns.keys()) - {"obligation_id", "version"}:
        setattr(known, name, getattr(text, name))
    return known
