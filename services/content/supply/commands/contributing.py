"""Sending a site something, putting it right, and taking it back."""

import asyncio
from datetime import datetime
from uuid import UUID

from services.content.editorial.checks.gate import check
from services.content.editorial.checks.subject import Subject
from services.content.editorial.commands.checking import as_stored, surroundings
from services.content.registry import queries as registry
from services.content.supply.commands.placing import stands_above
from services.content.supply.decision import Act, advance
from services.content.supply.models import Contribution
from services.content.supply.queries import asking
from services.content.supply.queries import contributing as queries
from shared.auth import Permission
from shared.contracts.supply import (
    ContributionPublished,
    ContributionSubmitted,
    ContributionText,
    ContributionWithdrawn,
    NewContribution,
    SupplyTaskState,
)
from shared.problem import Fault, Forbidden, Invalid
from shared.uow import UnitOfWork, expect


class NotYourContribution(Forbidden):
    """Only the contributor puts a contribution right or takes it back."""

    advice = "只有报送人本人可以修改或撤回。"


async def submit(uow: UnitOfWork, new: NewContribution) -> Contribution:
    """Send a text to the unit's own site or to one above it."""
    unit = await registry.organization(uow.session, new.organization)
    uow.actor.require(Permission.CONTRIBUTE, unit.path)
    site = await registry.site(uow.session, new.site_code)
    faults = []
    if not await stands_above(uow, site, unit):
        faults.append(Fault("/site_code", "out_of_reach", "只能向本单位网站或上级网站报送。"))
    if new.task_id is not None and not await _is_owed(uow, new.task_id, site.code, unit.path):
        faults.append(Fault("/task_id", "not_open", "本单位没有这项进行中的供稿任务。"))
    if faults:
        raise Invalid(faults)
    contribution = Contribution(
        organization=unit.path,
        contributor=uow.actor.id,
        site_code=site.code,
        sponsoring=site.sponsoring,
        task_id=new.task_id,
        submitted_at=uow.now,
    )
    await _write(uow, contribution, new)
    uow.session.add(contribution)
    await uow.session.flush()
    _announce_submission(uow, contribution)
    return contribution


async def revise(
    uow: UnitOfWork, contribution_id: UUID, text: ContributionText, *, version: int
) -> Contribution:
    """Put right what was returned, and send it again."""
    contribution = await _open_own(uow, contribution_id, version)
    contribution.state = advance(contribution.state, Act.REVISE)
    contribution.reason = None
    await _write(uow, contribution, text)
    _announce_submission(uow, contribution)
    return contribution


async def withdraw(uow: UnitOfWork, contribution_id: UUID, *, version: int) -> Contribution:
    """Take back what the site has not decided about."""
    contribution = await _open_own(uow, contribution_id, version)
    contribution.state = advance(contribution.state, Act.WITHDRAW)
    uow.announce(
        ContributionWithdrawn(
            contribution_id=contribution.id,
            organization=contribution.organization,
            site_code=contribution.site_code,
        )
    )
    return contribution


async def note_release(uow: UnitOfWork, item_id: UUID, at: datetime) -> None:
    """Note that what a contribution became is public, once."""
    contribution = await queries.of_item(uow.session, item_id)
    if contribution is None or contribution.published_at is not None:
        return
    contribution.published_at = at
    uow.announce(
        ContributionPublished(
            contribution_id=contribution.id,
            organization=contribution.organization,
            contributor=contribution.contributor,
            site_code=contribution.site_code,
            item_id=item_id,
            published_at=at,
        )
    )


async def _is_owed(uow: UnitOfWork, task_id: UUID, site_code: str, unit: str) -> bool:
    task = await asking.locked(uow.session, task_id)
    return (
        task is not None
        and (task.site_code, task.organization) == (site_code, unit)
        and task.state is SupplyTaskState.OPEN
    )


async def _open_own(uow: UnitOfWork, contribution_id: UUID, version: int) -> Contribution:
    contribution = await queries.contribution(uow.session, uow.actor, contribution_id, lock=True)
    uow.actor.require(Permission.CONTRIBUTE, contribution.organization)
    if contribution.contributor != uow.actor.id:
        raise NotYourContribution
    expect(version, contribution.version)
    return contribution


async def _write(uow: UnitOfWork, contribution: Contribution, text: ContributionText) -> None:
    contribution.title, contribution.body = text.title, text.body
    contribution.source = text.source
    around = await surroundings(uow.session, uow.now)
    written = Subject(
        title=text.title,
        body=text.body,
        today=around.today,
        lexicons=around.lexicons,
        own_domains=around.own_domains,
    )
    contribution.findings = as_stored(await asyncio.to_thread(check, written))


def _announce_submission(uow: UnitOfWork, contribution: Contribution) -> None:
    uow.announce(
        ContributionSubmitted(
            contribution_id=contribution.id,
            organization=contribution.organization,
            site_code=contribution.site_code,
            task_id=contribution.task_id,
        )
    )
