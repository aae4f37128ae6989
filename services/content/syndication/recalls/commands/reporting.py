"""A site's word that it did what a recall asks."""

from uuid import UUID

from services.content.syndication.recalls.queries.recalls import NO_COPY
from services.content.syndication.verification import queries
from services.content.syndication.verification.commands.claiming import wake
from services.content.syndication.verification.models import Copy
from shared.auth import Permission
from shared.contracts.recalls import CopyReport, CopyReported, CopyState
from shared.personal_data import mask
from shared.problem import Conflict, NotFound
from shared.uow import UnitOfWork, expect


class NothingOwed(Conflict):
    """The copy is proved gone or put right already, or a later change took the recall's place."""

    advice = "该页面已核实处理完毕，或已由后续的撤下、更正取代，无需再报告。"


async def report_copy(uow: UnitOfWork, copy_id: UUID, report: CopyReport, *, version: int) -> Copy:
    """Take a site's word that a copy is gone or put right, and have its page read at once."""
    copy = await queries.copy(uow.session, copy_id)
    if copy is None or not uow.actor.may(
        Permission.REPOST, copy.sponsoring, site_code=copy.site_code
    ):
        raise NotFound(NO_COPY)
    expect(version, copy.version)
    if copy.state is CopyState.PROVED or copy.due_at is None:
        raise NothingOwed
    copy.reported_at, copy.due_at = uow.now, uow.now
    copy.version += 1
    await wake(uow, [copy.host])
    uow.announce(
        CopyReported(
            copy_id=copy.id,
            recall_id=copy.recall_id,
            site_code=copy.site_code,
            note=mask(report.note) if report.note else None,
        )
    )
    return copy
