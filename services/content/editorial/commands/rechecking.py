"""Checking every item again, a batch at a time, since the words in force have changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import update

from services.content.editorial import queries
from services.content.editorial.commands.checking import FileFacts, Surroundings, check_again
from services.content.editorial.models import Item, Recheck
from services.content.editorial.waiver import unanswered
from shared.contracts.content import ItemRechecked
from shared.contracts.lexicons import LexiconChanged
from shared.uow import UnitOfWork


@dataclass(frozen=True)
class Rechecked:
    """What the checks find now in the text an item had when it was read."""

    item_id: UUID
    version: int
    findings: list[dict[str, Any]]


async def begin_again(uow: UnitOfWork, _: LexiconChanged) -> None:
    """Begin a run from the first item; a run under way would miss what it has passed."""
    running = update(Recheck).where(Recheck.done_at.is_(None))
    await uow.session.execute(running.values(done_at=uow.now, due_at=None))
    uow.session.add(Recheck(begun_at=uow.now, due_at=uow.now))


def check_all_again(
    items: Sequence[Item], around: Surroundings, files: Mapping[UUID, FileFacts]
) -> list[Rechecked]:
    """Return what the checks find now in the present texts of these items."""
    return [Rechecked(item.id, item.version, check_again(item, around, files)) for item in items]


async def record(
    uow: UnitOfWork, run_id: UUID, rechecked: Sequence[Rechecked], last: UUID | None
) -> None:
    """Keep what a batch found; an item changed meanwhile was checked when it changed."""
    run = await uow.session.get_one(Recheck, run_id, with_for_update=True)
    if run.done_at is not None:
        return  # the words in force have changed again
    found = {one.item_id: one for one in rechecked}
    for item in await queries.locked(uow.session, list(found)):
        now = found[item.id]
        if item.version == now.version and item.findings != now.findings:
            item.findings = [*now.findings]
            _announce(uow, item)
    run.checked += len(rechecked)
    run.after, run.leased_until = last, None
    run.due_at = uow.now if last else None
    run.done_at = None if last else uow.now


def _announce(uow: UnitOfWork, item: Item) -> None:
    uow.announce(
        ItemRechecked(
            item_id=item.id,
            site_code=item.site_code,
            content_hash=item.current.content_hash,
            findings=len(item.findings),
            blocking=len(unanswered(item.findings)),
        )
    )
