"""HTTP of releases and withdrawals."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.content.release.commands import releasing, withdrawing
from shared.contracts.release import NewRelease, ReleaseView, Withdrawal, Withdrawn
from shared.requests import BeginAct

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
