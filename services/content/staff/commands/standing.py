"""What whoever acts may do at this moment, whatever their token says."""

from dataclasses import replace

from services.content.staff.authority import grants
from services.content.staff.queries import logins, posts
from services.content.staff.queries.people import own_id
from shared.auth import Actor, InvalidToken
from shared.uow import UnitOfWork


async def present(uow: UnitOfWork) -> Actor:
    """Return who acts, with the posts held now; refuse who was barred or whose session ended.

    A token lives on for a while, and who may act is given out for longer than that.
    """
    own = own_id(uow.actor)
    may_act = await logins.may_act(uow.session, own, uow.actor.session)
    if own is None or may_act is None:  # no person of ours
        return uow.actor
    if not may_act:
        raise InvalidToken
    return replace(uow.actor, grants=grants(await posts.held_by(uow.session, own, uow.now)))
