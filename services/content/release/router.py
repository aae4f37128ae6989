"""HTTP of releases and withdrawals, and of columns whose released items are alike."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.content.registry import queries as registry
from services.content.registry.likeness import alike
from services.content.registry.limits import limits
from services.content.release.commands import releasing, withdrawing
from services.content.release.queries import reading
from shared.contracts.columns import ColumnName, SimilarColumns
from shared.contracts.release import NewRelease, ReleaseView, Withdrawal, Withdrawn
from shared.contracts.text import SiteCode
from shared.requests import BeginAct, Reading, Somebody

router = APIRouter(prefix="/v1", tags=["release"])


@router.post("/releases", status_code=201, response_model=ReleaseView)
async def release_items(new: NewRelease, begin: BeginAct) -> Response:
    """Make items public at one instant: all of them, or none with every reason."""
    async with begin() as uow:
        return await uow.answer(ReleaseView, await releasing.release_items(uow, new), 201)


@router.post("/items/{item_id}/withdrawal", response_model=Withdrawn)
async def withdraw_item(item_id: UUID, withdrawal: Withdrawal, begin: BeginAct) -> Response:
    """Take a public item back, from every API at one instant."""
    async with begin() as uow:
        tombstone = await withdrawing.withdraw_item(uow, item_id, withdrawal.reason)
        return await uow.answer(Withdrawn, tombstone)


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
