"""Showing what a release would do; nothing of it is written."""

from services.content.release.commands.opening import findings_of, held_back, open_items
from services.content.release.commands.publishing import take_turn
from services.content.release.commands.releasing import go_out, tokens_of
from services.content.release.queries import standing
from shared.business_day import business_date
from shared.contracts.content import ItemKind, PublicItem
from shared.contracts.problem import FaultView
from shared.contracts.release import NewRelease, ReleasePreview
from shared.uow import UnitOfWork


class _Seen(Exception):  # not a failure: it undoes what was tried
    def __init__(self, preview: ReleasePreview) -> None:
        super().__init__()
        self.preview = preview


async def preview_release(uow: UnitOfWork, new: NewRelease) -> ReleasePreview:
    """Return every fault of a release, and the answers it would make public.

    It is the release itself, undone: what is shown cannot differ from what would happen.
    """
    try:
        async with uow.session.begin_nested():
            raise _Seen(await _try(uow, new))  # noqa: TRY301  # the way to undo a savepoint
    except _Seen as seen:
        return seen.preview


async def _try(uow: UnitOfWork, new: NewRelease) -> ReleasePreview:
    items = await open_items(uow, new)
    tokens = tokens_of(items)
    found = await findings_of(uow, items)
    uow, seq = await take_turn(uow)
    faults = await held_back(uow, items, new, found, business_date(uow.now))
    filled = {item.column_id for item in items if item.kind is not ItemKind.STATUS_STATEMENT}
    leaving = [row.item_id for row in await standing.statements(uow.session, filled)]
    _, rows = await go_out(uow, items, new, seq, tokens)
    return ReleasePreview(
        faults=[FaultView(**fault._asdict()) for fault in faults],
        items=[PublicItem.model_validate_json(row.answer) for row in rows],
        leaving=leaving,
    )
