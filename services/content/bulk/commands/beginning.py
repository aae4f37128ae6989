"""Beginning to import, as people who are there and may, and ending it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.bulk.models import Import
from services.content.staff.queries import people, posts
from shared.auth import Actor, OutsideAuthority, Permission
from shared.ids import new_id
from shared.problem import NotFound
from shared.uow import UnitOfWork


async def begin_import(uow: UnitOfWork, source: str, registrar: Actor) -> Import:
    """Note who vouches for what is about to come, and who registers its sites and columns."""
    run = Import(
        id=new_id(),
        source=source,
        vouched_by=uow.actor.id,
        registered_by=registrar.id,
        begun_at=uow.now,
        taken=0,
        refused=0,
    )
    uow.session.add(run)
    await uow.session.flush()
    return run


async def finish_import(uow: UnitOfWork, run_id: UUID, taken: int, refused: int) -> None:
    """Note that the whole file has been read, and what became of its lines."""
    finished = {"taken": taken, "refused": refused, "finished_at": uow.now}
    await uow.session.execute(update(Import).where(Import.id == run_id).values(finished))


async def person(session: AsyncSession, login: str, now: datetime) -> Actor:
    """Return an active person with the authority their posts bring them now, or refuse."""
    found = await people.called(session, login)
    if found is None:
        raise NotFound(f"没有登录名为“{login}”的在岗人员。")
    actor_id = f"person:{found.id}"
    return Actor(actor_id, found.organization, await posts.grants_of(session, actor_id, now) or {})


async def voucher(session: AsyncSession, login: str, now: datetime) -> Actor:
    """Return a person who may vouch for texts: they hold a leader's post somewhere."""
    found = await person(session, login, now)
    if not found.grants.get(Permission.REVIEW):
        raise OutsideAuthority(f"“{login}”没有分管负责人岗位，不能为导入内容负责。")
    return found
