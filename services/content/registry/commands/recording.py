"""Write what an act has changed, and say what stands against it."""

from sqlalchemy.exc import IntegrityError

from shared.problem import Conflict
from shared.uow import UnitOfWork


class AlreadyRegistered(Conflict):
    """Another entry of the registry has this code, name or domain."""

    advice = "代码或域名已被登记。"


async def record(uow: UnitOfWork, refusal: type[Conflict] = AlreadyRegistered) -> None:
    """Write the changes of this act, or refuse what a constraint of the tables stands against."""
    try:
        await uow.session.flush()
    except IntegrityError as fault:
        raise refusal from fault
