"""Ruling on declines: a site is let off, or has to repost all the same."""

from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from services.content.syndication.directives import queries
from services.content.syndication.directives.alarm import following
from services.content.syndication.directives.directive import NothingToRuleOn, check_deadline
from services.content.syndication.directives.models import Decline, Obligation
from shared.auth import Permission
from shared.contracts.declining import DeclineDecision, DeclineRuling
from shared.contracts.directives import DeclineRuled, ObligationState
from shared.personal_data import mask
from shared.problem import NotFound
from shared.uow import UnitOfWork, expect


async def rule_on_decline(
    uow: UnitOfWork, obligation_id: UUID, decision: DeclineDecision, *, version: int
) -> Obligation:
    """Accept a decline, or reject it: then it is owed again, by the deadline or a new one.

    Time that ran out while the decline was under decision is not the site's: a new one is needed.
    """
    obligation = await queries.obligation(uow.session, obligation_id)
    if obligation is None or not uow.actor.may(
        Permission.ISSUE_DIRECTIVE, obligation.directive.issuer
    ):
        raise NotFound(queries.UNKNOWN)
    expect(version, obligation.version)
    decline = obligation.decline
    if obligation.state is not ObligationState.DECLINED or decline is None or decline.ruling:
        raise NothingToRuleOn(state=obligation.state)
    if decision.ruling is DeclineRuling.REJECT:
        deadline = decision.deadline or obligation.deadline
        check_deadline(deadline, uow.now)
        obligation.state, obligation.reason = ObligationState.DELIVERED, None
        obligation.settled_at, obligation.deadline = None, deadline
        obligation.due_at = deadline
        if obligation.alarm is not None:
            alarm = obligation.alarm
            alarm.told_at, alarm.due_at = uow.now, following(uow.now, deadline, uow.now)
    _rule(uow, obligation, decline, decision)
    return obligation


def _rule(
    uow: UnitOfWork, obligation: Obligation, decline: Decline, decision: DeclineDecision
) -> None:
    decline.ruling, decline.ruling_reason = decision.ruling, decision.reason
    decline.ruled_by, decline.ruled_at = uow.actor.id, uow.now
    decline.deadline = decision.deadline
    flag_modified(obligation, "state")  # a ruling is another version of the obligation too
    uow.announce(
        DeclineRuled(
            obligation_id=obligation.id,
            directive_id=obligation.directive_id,
            item_id=obligation.item_id,
            site_code=obligation.site_code,
            ruling=decision.ruling,
            state=obligation.state,
            deadline=obligation.deadline,
            reason=mask(decision.reason) if decision.reason else None,
        )
    )
