"""Keeping the register of experts, and commissioning them."""

from uuid import UUID

from services.content.editorial.queries import items as editorial
from services.content.registry import queries as registry
from services.content.supply.models import Commission, Expert
from services.content.supply.progress import OwnCommission, check_step
from services.content.supply.queries import commissioning as queries
from shared.auth import Permission
from shared.business_day import business_date
from shared.contracts.commissioning import (
    CommissionGiven,
    CommissionMoved,
    CommissionState,
    CommissionStep,
    ExpertChanged,
    ExpertEntry,
    ExpertRegistered,
    NewCommission,
    NewExpert,
)
from shared.contracts.content import ItemKind
from shared.problem import Fault, Invalid
from shared.uow import UnitOfWork, expect


async def register_expert(uow: UnitOfWork, new: NewExpert) -> Expert:
    """Enter an expert in an organization's register."""
    organization = await registry.organization(uow.session, new.organization)
    uow.actor.require(Permission.EDIT, organization.path)
    expert = Expert(
        organization=organization.path,
        name=new.name,
        field=new.field,
        affiliation=new.affiliation,
    )
    uow.session.add(expert)
    await uow.session.flush()
    uow.announce(ExpertRegistered(expert_id=expert.id, organization=expert.organization))
    return expert


async def change_expert(
    uow: UnitOfWork, expert_id: UUID, entry: ExpertEntry, *, version: int
) -> Expert:
    """Put right what a register says of an expert."""
    expert = await queries.expert(uow.session, uow.actor, expert_id)
    uow.actor.require(Permission.EDIT, expert.organization)
    expect(version, expert.version)
    expert.name, expert.field, expert.affiliation = entry.name, entry.field, entry.affiliation
    uow.announce(ExpertChanged(expert_id=expert.id, organization=expert.organization))
    return expert


async def give(uow: UnitOfWork, new: NewCommission) -> Commission:
    """Ask an expert of the register, or a medium, for a piece of work."""
    site = await registry.site(uow.session, new.site_code)
    uow.actor.require(Permission.EDIT, site.sponsoring)
    if new.due_on < business_date(uow.now):
        raise Invalid([Fault("/due_on", "out_of_range", "交稿日期不能早于今天。")])
    if new.expert_id is not None:
        await queries.expert(uow.session, uow.actor, new.expert_id)
    if new.interprets is not None:
        policy = await editorial.item(uow.session, uow.actor, new.interprets)
        if policy.kind is not ItemKind.POLICY:
            raise Invalid([Fault("/interprets", "wrong_kind", "被解读的稿件不是政策文件。")])
    commission = Commission(**new.model_dump(), sponsoring=site.sponsoring, given_by=uow.actor.id)
    uow.session.add(commission)
    await uow.session.flush()
    uow.announce(
        CommissionGiven(
            commission_id=commission.id,
            site_code=commission.site_code,
            interprets=commission.interprets,
            due_on=commission.due_on,
            fee=commission.fee,
            currency=commission.currency,
        )
    )
    return commission


async def move(
    uow: UnitOfWork, commission_id: UUID, step: CommissionStep, *, version: int
) -> Commission:
    """Take a commission one step on; the work is accepted by a leader who did not give it."""
    commission = await queries.commission(uow.session, uow.actor, commission_id, lock=True)
    accepts = step.state is CommissionState.ACCEPTED_WORK
    uow.actor.require(Permission.REVIEW if accepts else Permission.EDIT, commission.sponsoring)
    expect(version, commission.version)
    check_step(commission.state, step.state)
    if accepts:
        if commission.given_by == uow.actor.id:
            raise OwnCommission
        commission.accepted_by, commission.accepted_at = uow.actor.id, uow.now
    if step.state is CommissionState.DELIVERED and step.item_id is not None:
        commission.item_id = await _delivered(uow, commission, step.item_id)
    commission.state, commission.reason = step.state, step.reason
    uow.announce(
        CommissionMoved(
            commission_id=commission.id,
            site_code=commission.site_code,
            state=commission.state,
            fee=commission.fee,
            currency=commission.currency,
            item_id=commission.item_id,
        )
    )
    return commission


async def _delivered(uow: UnitOfWork, commission: Commission, item_id: UUID) -> UUID:
    item = await editorial.item(uow.session, uow.actor, item_id)
    if item.site_code != commission.site_code:
        raise Invalid([Fault("/item_id", "other_site", "该稿件不属于此网站。")])
    if commission.interprets is not None and item.current.interprets != commission.interprets:
        raise Invalid([Fault("/item_id", "other_policy", "该稿件解读的不是约稿所指的文件。")])
    return item.id
