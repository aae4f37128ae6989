"""Taking in files that were looked into, or recognizing those that are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from services.content.assets import queries as assets
from services.content.assets.commands import arriving, judging, leaving
from services.content.bulk import queries
from services.content.bulk.models import Imported, ImportedId
from services.content.registry import queries as registry
from services.content.registry.lifecycle import RUNNING
from shared.auth import Permission
from shared.problem import Fault, Invalid

if TYPE_CHECKING:
    from services.content.assets.models import Asset, Rendition
    from services.content.bulk.line import FileLine, ItemLine
    from services.content.bulk.models import Import
    from services.content.bulk.preparing import Prepared
    from services.content.editorial.commands.taking_over import TakenOver
    from shared.files.adapters.storage import Arrived
    from shared.files.scanning import Scan
    from shared.uow import UnitOfWork


class Judged(NamedTuple):
    """A file that may come: what arrived, what it was found to be and by whom, and its text."""

    arrived: Arrived
    scan: Scan
    scanner: str
    facts: Mapping[str, Any]


async def recognize(uow: UnitOfWork, run: Import, line: FileLine) -> UUID | None:
    """Return what a file is called here that came in before and is still there."""
    known = await queries.own_ids(uow.session, run.source, Imported.FILE, [line.id])
    return next(iter(await assets.shown(uow.session, known.values())), None)


async def destination(uow: UnitOfWork, run: Import, line: FileLine) -> str:
    """Return the code of the site that a file is for, if it may come in there."""
    known = await queries.own_ids(uow.session, run.source, Imported.SITE, [line.site])
    if line.site not in known:
        told = f"前文没有导入过编号为“{line.site}”的对象。"
        raise Invalid([Fault("/site", "unknown_site", told)])
    site = await registry.site_by_id(uow.session, known[line.site])
    if site.state not in RUNNING:
        told = "网站尚未开通或已关停；开通后重新运行导入。"
        raise Invalid([Fault("/site", "site_not_open", told)])
    if not uow.actor.may(Permission.REVIEW, site.sponsoring, site_code=site.code):
        told = "负责人的岗位不能管辖该网站。"
        raise Invalid([Fault("/site", "outside_authority", told)])
    return site.code


async def announce(uow: UnitOfWork, site_code: str, line: FileLine, arrived: Arrived) -> UUID:
    """Note that a file is on its way, as of any upload; return what it will be called."""
    upload = await arriving.begin_upload(
        uow, site_code, line.called, arrived.size, arrived.sha256, Permission.REVIEW
    )
    return upload.id


async def take_file(
    uow: UnitOfWork,
    run: Import,
    line: FileLine,
    asset_id: UUID,
    judged: Judged,
    forms: Sequence[Rendition],
) -> None:
    """Let a file in that lies in the store: it is judged in the act in which it arrives."""
    await arriving.finish_upload(uow, asset_id, judged.arrived, Permission.REVIEW)
    await judging.begin_scan(uow, asset_id)
    await judging.record_scan(uow, asset_id, judged.scan, judged.scanner)
    await judging.make_ready(uow, asset_id, forms, judged.facts)
    # In place of one that came in before and has been removed since.
    await uow.session.merge(
        ImportedId(
            source=run.source,
            type=Imported.FILE,
            legacy_id=line.id,
            own_id=asset_id,
            import_id=run.id,
        )
    )


async def named(uow: UnitOfWork, items: Sequence[Prepared]) -> Mapping[UUID, Asset]:
    """Return those of the files that items name that are still there."""
    return await assets.shown(
        uow.session, {file for item in items for file in item.files.values()}
    )


def strayed(
    line: ItemLine, site_code: str, own: Mapping[str, UUID], there: Mapping[UUID, Asset]
) -> Iterator[Fault]:
    """Yield the files of an item that are another site's, or were removed meanwhile."""
    for at, legacy in line.files():
        file = there.get(own[legacy])
        if file is None:
            yield Fault(at, "unknown_file", f"编号为“{legacy}”的文件已被清除，请重新运行导入。")
        elif file.site_code != site_code:
            yield Fault(at, "other_site", "该文件不属于栏目所在的网站。")


async def keep(uow: UnitOfWork, texts: Sequence[TakenOver]) -> None:
    """Keep the files that texts name for good, as of every text that is written."""
    of_sites: dict[str, set[UUID]] = defaultdict(set)
    for text in texts:
        if text.files:
            of_sites[text.site_code] |= text.files.keys()
    for site_code, asset_ids in of_sites.items():
        await leaving.keep(uow, asset_ids, site_code)
