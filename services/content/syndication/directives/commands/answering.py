"""Answering what a directive asks: reposting at once, or declining."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.content.registry import queries as registry
from services.content.release.commands.reposting import place_repost
from services.content.release.repost import UNCHANGED, LooserThanAsked, Manner, allows
from services.content.syndication.directives import queries
from services.content.syndication.directives.commands.wording import check_words
from services.content.syndication.directives.directive import settle
from services.content.syndication.directives.models import Decline
from shared.auth import Permission
from shared.contracts.directives import (
    Answer,
    ObligationAnswer,
    ObligationSettled,
    ObligationState,
)
from shared.ids import new_id
from shared.personal_data import mask
from shared.problem import Fault, Invalid, NotFound
from shared.uow import UnitOfWork, expect

if TYPE_CHECKING:
    from uuid import UUID

    from services.content.release.models import Live
    from services.content.syndication.directives.models import Obligation


async def answer_obligation(
    uow: UnitOfWork, obligation_id: UUID, given: ObligationAnswer, *, version: int
) -> Obligation:
    """Repost the item on the site, at once and unchanged, or decline with a reason."""
    obligation = await open_obligation(uow, obligation_id, Permission.REPOST)
    expect(version, obligation.version)
    if given.answer is Answer.ACCEPT and given.column_id is not None:
        manner = Manner(local_note=given.local_note)
        await check_words(uow, manner)
        await accept(uow, obligation, given.column_id, manner)
    else:
        _decline(uow, obligation, given.reason or "")
    return obligation


async def open_obligation(
    uow: UnitOfWork, obligation_id: UUID, permission: Permission
) -> Obligation:
    """Return an obligation of a site for which the actor may do this, locked."""
    obligation = await queries.obligation(uow.session, obligation_id)
    if obligation is None or not uow.actor.may(
        permission, obligation.sponsoring, site_code=obligation.site_code
    ):
        raise NotFound(queries.UNKNOWN)
    return obligation


async def accept(
    uow: UnitOfWork, obligation: Obligation, column_id: UUID, manner: Manner = UNCHANGED
) -> None:
    """Repost what an open obligation asks for; a repost that stands already will do."""
    state = settle(obligation.state, ObligationState.ACCEPTED)
    row = await _repost(uow, obligation, column_id, manner)
    if not allows(obligation.directive.fidelity, row.fidelity):
        raise LooserThanAsked(item_id=str(row.item_id), url=row.url)
    obligation.state, obligation.repost_id = state, row.item_id
    obligation.reason = None
    note_settled(uow, obligation)


def note_settled(uow: UnitOfWork, obligation: Obligation) -> None:
    """Keep that a site answered, and whether it was late."""
    obligation.settled_at, obligation.due_at, obligation.hindrances = uow.now, None, []
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


def _decline(uow: UnitOfWork, obligation: Obligation, reason: str) -> None:
    obligation.state = settle(obligation.state, ObligationState.DECLINED)
    obligation.reason = reason
    obligation.decline = Decline(
        id=new_id(),
        obligation_id=obligation.id,
        reason=reason,
        declined_by=uow.actor.id,
        declined_at=uow.now,
    )
    note_settled(uow, obligation)


async def _repost(
    uow: UnitOfWork, obligation: Obligation, column_id: UUID, manner: Manner
) -> Live:
    column = await registry.writable_column(uow.session, column_id)
    if column.site_code != obligation.site_code:
        raise Invalid([Fault("/column_id", "other_site", "该栏目不属于此网站。")])
    site = await registry.site(uow.session, obligation.site_code)
    return (await place_repost(uow, obligation.item_id, site, column, manner)).row
