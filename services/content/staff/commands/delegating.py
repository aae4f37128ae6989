"""Lending a post while its holder is away."""

from uuid import UUID

from services.content.staff.authority import check_delegable
from services.content.staff.models import Delegation, Person, Post
from services.content.staff.patience import check_interval
from services.content.staff.queries import people, posts
from shared.auth import Permission
from shared.contracts.admitting import NewDelegation
from shared.contracts.staff import DelegationEnded, PostDelegated
from shared.problem import Fault, Invalid, NotFound
from shared.uow import UnitOfWork


async def delegate_post(uow: UnitOfWork, new: NewDelegation) -> Delegation:
    """Lend a post for a time, as its holder or as an administrator of its organization."""
    post = await posts.post(uow.session, new.post)
    administers = uow.actor.may(Permission.ADMINISTER, post.organization)
    if not administers and post.person_id != people.own_id(uow.actor):
        raise posts.NoSuchPost
    check_delegable(post.kind, holder_active=post.person.active)
    check_interval(new.starts_at, new.ends_at, uow.now)
    receiver = await _receiver(uow, new.to, post, anyone=administers)
    delegation = Delegation(
        post_id=post.id,
        kind=post.kind,
        organization=post.organization,
        giver_id=post.person_id,
        receiver_id=receiver.id,
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        reason=new.reason,
    )
    uow.session.add(delegation)
    await uow.session.flush()
    uow.announce(
        PostDelegated(
            delegation_id=delegation.id,
            post_id=post.id,
            giver_id=post.person_id,
            receiver_id=receiver.id,
            kind=post.kind.value,
            organization=post.organization,
            starts_at=new.starts_at,
            ends_at=new.ends_at,
        )
    )
    return delegation


async def _receiver(uow: UnitOfWork, login: str, post: Post, *, anyone: bool) -> Person:
    """Return who gets the post: anyone an administrator names, else a colleague."""
    receiver = await people.called(uow.session, login)
    colleagues = {post.organization, post.person.organization}
    if receiver is None or not (anyone or receiver.organization in colleagues):
        raise people.NoSuchPerson(login=login)
    if receiver.id == post.person_id:
        raise Invalid([Fault("/to", "holder", "不能由本人代理自己的岗位。")])
    return receiver


async def end_delegation(uow: UnitOfWork, delegation_id: UUID) -> Delegation:
    """Take a post back or lay it down before its time; a delegation that ended stays so."""
    found = await posts.delegation(uow.session, delegation_id)
    if found is None or not (
        people.own_id(uow.actor) in {found.giver_id, found.receiver_id}
        or uow.actor.may(Permission.ADMINISTER, found.organization)
    ):
        raise NotFound("没有这项代理。")
    if found.ended_at is None and found.ends_at > uow.now:
        found.ended_at = uow.now
        uow.announce(DelegationEnded(delegation_id=found.id, post_id=found.post_id))
    return found
