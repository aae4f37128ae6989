"""Answering what a directive asks: reposting at once and unchanged, or declining."""

from uuid import UUID

from services.content.registry import queries as registry
from services.content.release.commands.reposting import WITHDRAWN, place_repost
from services.content.release.queries import standing as public
from services.content.syndication.directives import queries
from services.content.syndication.directives.directive import settle
from services.content.syndication.directives.models import Obligation
from shared.auth import Permission
from shared.contracts.directives import (
    Answer,
    ObligationAnswer,
    ObligationSettled,
    ObligationState,
)
from shared.personal_data import mask
from shared.problem import Fault, Invalid, NotFound
from shared.uow import UnitOfWork, expect


async def answer_obligation(
    uow: UnitOfWork, obligation_id: UUID, given: ObligationAnswer, *, version: int
) -> Obligation:
    """Repost the item on the site, at once and unchanged, or decline with a reason."""
    obligation = await queries.obligation(uow.session, obligation_id)
    if obligation is None or not uow.actor.may(
        Permission.REPOST, obligation.sponsoring, site_code=obligation.site_code
    ):
        raise NotFound("没有这项转载任务。")
    expect(version, obligation.version)
    if given.answer is Answer.ACCEPT and given.column_id is not None:
        obligation.state = settle(obligation.state, ObligationState.ACCEPTED)
        obligation.repost_id = await _repost(uow, obligation, given.column_id)
    else:
        obligation.state = settle(obligation.state, ObligationState.DECLINED)
    obligation.reason = given.reason
    note_settled(uow, obligation)
    return obligation


def note_settled(uow: UnitOfWork, obligation: Obligation) -> None:
    """Keep that a site answered, and whether it was late."""
    obligation.settled_at, obligation.due_at = uow.now, None
    obligation.late = obligation.late or uow.now > obligation.deadline
    uow.announce(
        ObligationSettled(
            obligation_id=obligation.id,
            directive_id=obligation.directive_id,
            item_id=obligation.item_id,
            site_code=obligation.site_code,
            state=obligation.state,
            late=obligation.late,
            deadline=obligation.deadline,
            reason=mask(obligation.reason) if obligation.reason else None,
            repost_id=obligation.repost_id,
        )
    )


async def _repost(uow: UnitOfWork, obligation: Obligation, column_id: UUID) -> UUID:
    source = (await public.live(uow.session, [obligation.item_id])).get(obligation.item_id)
    if source is None:
        raise NotFound(WITHDRAWN)
    column = await registry.writable_column(uow.session, column_id)
    if column.site_code != obligation.site_code:
        raise Invalid([Fault("/column_id", "other_site", "该栏目不属于此网站。")])
    site = await registry.site(uow.session, obligation.site_code)
    return (await place_repost(uow, source, site, column)).item_id
