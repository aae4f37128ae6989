"""HTTP of releases and withdrawals, of validity, and of index numbers."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.content.editorial.queries import items as editorial
from services.content.registry import queries as registry
from services.content.registry.likeness import alike
from services.content.registry.limits import limits
from services.content.release.commands import (
    marking,
    numbering,
    previewing,
    releasing,
    scheduling,
    withdrawing,
)
from services.content.release.queries import history, numbers, reading, scheduled
from services.content.release.queries import validity as validities
from shared.contracts.columns import ColumnName, SimilarColumns
from shared.contracts.index_number import IndexNumber, IndexPattern, NewIndexPattern
from shared.contracts.page import Page
from shared.contracts.release import (
    NewRelease,
    PublicStep,
    ReleaseOrder,
    ReleasePreview,
    ReleaseView,
    Withdrawal,
    Withdrawn,
)
from shared.contracts.scheduling import (
    Rescheduling,
    ScheduledRelease,
    ScheduledReleaseInFull,
    ScheduleState,
)
from shared.contracts.text import OrganizationCode, SiteCode
from shared.contracts.validity import NewValidity, Validity
from shared.requests import (
    BeginAct,
    IfMatch,
    IfMatchOrNew,
    Reading,
    Somebody,
    WhichPage,
)

router = APIRouter(prefix="/v1", tags=["release"])

SET: dict[int | str, dict[str, Any]] = {
    202: {"model": ScheduledRelease, "description": "Set for a time."}
}
Number = Annotated[str | None, Query(max_length=100, examples=["340300-zfb/2026-00001"])]


@router.post("/releases", status_code=201, response_model=ReleaseView, responses=SET)
async def release_items(new: ReleaseOrder, begin: BeginAct) -> Response:
    """Make items public at one instant, now or at a time: all of them, or none with reasons."""
    async with begin() as uow:
        if new.at is None:
            return await uow.answer(ReleaseView, await releasing.release_items(uow, new), 201)
        release = await scheduling.schedule_release(uow, new, new.at)
        return await uow.answer(ScheduledRelease, release, 202)


@router.post("/releases/preview", response_model=ReleasePreview)
async def preview_release(new: NewRelease, begin: BeginAct) -> Response:
    """Return everything that keeps a release back, and what the public would read."""
    async with begin() as uow:
        return await uow.answer(ReleasePreview, await previewing.preview_release(uow, new))


@router.get("/scheduled-releases")
async def list_scheduled(
    actor: Somebody, session: Reading, page: WhichPage, state: ScheduleState | None = None
) -> Page[ScheduledRelease]:
    """Return the releases set for a time, of items the actor may see, latest first."""
    return await scheduled.releases(session, actor, state, page)


@router.get("/scheduled-releases/{schedule_id}", response_model=ScheduledReleaseInFull)
async def read_scheduled(actor: Somebody, schedule_id: UUID, session: Reading) -> object:
    """Return a release set for a time, with its items."""
    return await scheduled.release(session, actor, schedule_id)


@router.post("/scheduled-releases/{schedule_id}/cancellation", response_model=ScheduledRelease)
async def cancel_scheduled(schedule_id: UUID, begin: BeginAct, if_match: IfMatch) -> Response:
    """Call a scheduled release off; its items stay as they are."""
    async with begin() as uow:
        cancelled = await scheduling.cancel(uow, schedule_id, version=if_match)
        return await uow.answer(ScheduledRelease, cancelled)


@router.post("/scheduled-releases/{schedule_id}/rescheduling", response_model=ScheduledRelease)
async def reschedule(
    schedule_id: UUID, new: Rescheduling, begin: BeginAct, if_match: IfMatch
) -> Response:
    """Set a scheduled release for another time."""
    async with begin() as uow:
        moved = await scheduling.reschedule(uow, schedule_id, new.at, version=if_match)
        return await uow.answer(ScheduledRelease, moved)


@router.post("/items/{item_id}/withdrawal", response_model=Withdrawn)
async def withdraw_item(item_id: UUID, withdrawal: Withdrawal, begin: BeginAct) -> Response:
    """Take a public item back, from every API at one instant; interpretations leave with it."""
    async with begin() as uow:
        return await uow.answer(
            Withdrawn, await withdrawing.withdraw_item(uow, item_id, withdrawal)
        )


@router.get("/items/{item_id}/public-history")
async def read_history(
    actor: Somebody, item_id: UUID, session: Reading, page: WhichPage
) -> Page[PublicStep]:
    """Return when an item was released and withdrawn, why and by whom, latest first."""
    await editorial.item(session, actor, item_id)
    return await history.steps(session, item_id, page)


@router.post("/items/{item_id}/validity", status_code=201, response_model=Validity)
async def record_validity(item_id: UUID, new: NewValidity, begin: BeginAct) -> Response:
    """Record that a public policy is in force, amended, repealed or expired from a day on."""
    async with begin() as uow:
        return await uow.answer(Validity, await marking.record_validity(uow, item_id, new), 201)


@router.get("/items/{item_id}/validity")
async def list_validity(
    actor: Somebody, item_id: UUID, session: Reading, page: WhichPage
) -> Page[Validity]:
    """Return all that was recorded of an item's validity, latest first."""
    await editorial.item(session, actor, item_id)
    return await validities.validities(session, item_id, page)


@router.put("/organizations/{code}/index-pattern", response_model=IndexPattern)
async def set_index_pattern(
    code: OrganizationCode, new: NewIndexPattern, begin: BeginAct, if_match: IfMatchOrNew
) -> Response:
    """Say how an organization, and those below it without a pattern of their own, number."""
    async with begin() as uow:
        return await uow.answer(
            IndexPattern, await numbering.set_pattern(uow, code, new, if_match)
        )


@router.get("/organizations/{code}/index-pattern", response_model=IndexPattern)
async def read_index_pattern(_: Somebody, code: OrganizationCode, session: Reading) -> object:
    """Return the pattern an organization set for its index numbers."""
    organization = await registry.organization(session, code)
    return await numbers.pattern(session, organization.path)


@router.get("/index-numbers")
async def list_index_numbers(
    actor: Somebody, session: Reading, page: WhichPage, index_no: Number = None
) -> Page[IndexNumber]:
    """Return the index numbers of items the actor may work on, or the item of one number."""
    return await numbers.numbers(session, actor, index_no, page)


@router.get("/sites/{code}/similar-columns")
async def list_similar_columns(
    actor: Somebody, code: SiteCode, session: Reading
) -> list[SimilarColumns]:
    """Return the columns of a site that are alike, with what shows it, the likest first.

    They are to be merged or hidden on application: 蚌政办秘〔2017〕97号.
    """
    await registry.known_site(session, actor, code)
    columns = await registry.columns_on(session, code)
    names = {column.id: column.name for column in columns.values() if column.place.is_seen}
    titles = await reading.newest_titles(session, names, limits().likeness.newest_titles)
    return [
        SimilarColumns(
            columns=(
                ColumnName(id=pair.one, name=names[pair.one]),
                ColumnName(id=pair.other, name=names[pair.other]),
            ),
            name_likeness=pair.name_likeness,
            title_share=pair.title_share,
            shared_titles=pair.shared_titles,
            samples=pair.samples,
        )
        for pair in alike(names, titles)
    ]
