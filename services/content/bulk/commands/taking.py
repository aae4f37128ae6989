"""Taking in many items at a time: all that may come, each of the others with its reasons."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from pydantic import ValidationError

from services.content.bulk import queries
from services.content.bulk.commands import filing
from services.content.bulk.line import ItemLine
from services.content.bulk.models import Imported, ImportedId
from services.content.bulk.preparing import Prepared
from services.content.editorial.commands.taking_over import TakenOver, take_over
from services.content.lexicons import queries as lexicons
from services.content.registry import queries as registry
from services.content.registry.lifecycle import RUNNING
from services.content.release.commands.publishing import take_turn
from services.content.release.commands.taking_in import Arrival, take_in
from services.content.release.kinds import Trait, kinds
from services.content.release.queries import standing
from services.content.release.validity import faults as untold
from shared.auth import Permission
from shared.contracts.content import ItemKind
from shared.contracts.importing import ItemsImported
from shared.contracts.registry import SiteState
from shared.contracts.standing import Correction
from shared.contracts.validity import NewValidity
from shared.db import copy_in
from shared.faults import faults
from shared.ids import new_id
from shared.problem import Conflict, Fault
from shared.uow import UnitOfWork

if TYPE_CHECKING:
    from services.content.assets.models import Asset


class WordsChanged(Conflict):
    """The lexicons in force are not those the items were checked with."""

    advice = "导入期间词库有更新，请重新运行导入；已导入的行不会重复导入。"


class Candidate(NamedTuple):
    """An item that may come as far as its own line tells, and that line's number."""

    number: int
    prepared: Prepared


class Known(NamedTuple):
    """What an item that came in this run is called here, and its kind."""

    item_id: UUID
    kind: ItemKind


@dataclass
class Run:
    """A run of the importer, and the items it has taken in so far, by what they were called."""

    id: UUID
    source: str
    words: str
    rehearsal: bool = False
    taken: dict[str, Known] = field(default_factory=dict)


class Place(NamedTuple):
    """Where items may be taken in: a column, and what must be known of its site."""

    column_id: UUID
    site_code: str
    sponsoring: str
    domain: str
    state: SiteState
    merged: bool


@dataclass
class Batch:
    """What items are judged by together, and what became of them.

    `public` holds the kinds of what they may refer to, `earlier` what came in an earlier run,
    `files` what they name and may be shown.
    """

    places: Mapping[str, Place]
    earlier: Mapping[str, UUID]
    public: dict[UUID, ItemKind]
    files: "Mapping[UUID, Asset]" = field(default_factory=dict)
    arrivals: list[tuple[ItemLine, TakenOver, NewValidity | None, Prepared]] = field(
        default_factory=list
    )
    skipped: list[tuple[str, UUID]] = field(default_factory=list)
    refused: list[tuple[int, list[Fault]]] = field(default_factory=list)


async def take_items(uow: UnitOfWork, run: Run, candidates: Sequence[Candidate]) -> Batch:
    """Take in every item that may come, at one instant, and say what keeps the others.

    A rehearsal comes to the same, and writes nothing.
    """
    uow, seq = (uow, 0) if run.rehearsal else await take_turn(uow)
    if (await lexicons.in_force(uow.session)).digest != run.words:
        raise WordsChanged
    batch = await _open(uow, run, [candidate.prepared.line for candidate in candidates])
    batch.files = await filing.named(uow, [candidate.prepared for candidate in candidates])
    for candidate in candidates:
        wrong = _judge(uow, run, batch, candidate.prepared)
        if wrong:
            batch.refused.append((candidate.number, wrong))
    if batch.arrivals and not run.rehearsal:
        await _write(uow, run, batch, seq)
    return batch


async def _open(uow: UnitOfWork, run: Run, lines: Sequence[ItemLine]) -> Batch:
    named = {line.id for line in lines}.union(*(line.refers_to() for line in lines))
    earlier = await queries.own_ids(
        uow.session, run.source, Imported.ITEM, sorted(named - run.taken.keys())
    )
    referred = {other for line in lines for other in line.refers_to()}
    ids = [earlier[other] for other in referred if other in earlier]
    ids += [run.taken[other].item_id for other in referred if other in run.taken]
    live = await standing.live(uow.session, ids)
    public = {item_id: row.kind for item_id, row in live.items()}
    if run.rehearsal:
        public |= {known.item_id: known.kind for known in run.taken.values()}
    return Batch(await _places(uow, run, {line.column for line in lines}), earlier, public)


async def _places(uow: UnitOfWork, run: Run, legacy: Collection[str]) -> Mapping[str, Place]:
    ids = await queries.own_ids(uow.session, run.source, Imported.COLUMN, sorted(legacy))
    codes = await registry.sites_of_columns(uow.session, set(ids.values()))
    sites = await registry.sites_coded(uow.session, set(codes.values()))
    columns = {
        column_id: column
        for code in sites
        for column_id, column in (await registry.columns_on(uow.session, code)).items()
    }
    places = {}
    for called, column_id in ids.items():
        site, merged = sites[codes[column_id]], columns[column_id].merged_into is not None
        places[called] = Place(
            column_id, site.code, site.sponsoring, site.domain, site.state, merged
        )
    return places


def _judge(uow: UnitOfWork, run: Run, batch: Batch, prepared: Prepared) -> list[Fault]:
    """Let an item come, or return what keeps it."""
    line = prepared.line
    if line.id in run.taken:
        return [Fault("/id", "duplicate", f"编号“{line.id}”在文件中重复出现。")]
    if line.id in batch.earlier:
        batch.skipped.append((line.id, batch.earlier[line.id]))
        return []
    place = batch.places.get(line.column)
    wrong = [*_misplaced(uow, line, place), *_unmet(run, batch, line)]
    if place is not None:
        wrong += filing.strayed(line, place.site_code, prepared.files, batch.files)
    if wrong or place is None:
        return wrong
    item_id = new_id()
    mark, wrong = _mark(run, batch, item_id, line)
    if wrong:
        return wrong
    taken = TakenOver(
        item_id,
        place.site_code,
        place.sponsoring,
        place.column_id,
        line.kind,
        line.text(_own(run, batch, line.interprets), prepared.files),
        prepared.findings,
        {file: batch.files[file].sha256 for file in prepared.files.values()},
    )
    batch.arrivals.append((line, taken, mark, prepared))
    batch.public[item_id] = line.kind
    run.taken[line.id] = Known(item_id, line.kind)
    return []


def _misplaced(uow: UnitOfWork, line: ItemLine, place: Place | None) -> Iterator[Fault]:
    if place is None:
        told = f"前文没有导入过编号为“{line.column}”的栏目。"
        yield Fault("/column", "unknown_column", told)
        return
    if place.state not in RUNNING:
        yield Fault("/column", "site_not_open", "网站尚未开通或已关停；开通后重新运行导入。")
    if place.merged:
        yield Fault("/column", "column_merged", "该栏目已合并，不再接收新稿件。")
    if not uow.actor.may(
        Permission.REVIEW, place.sponsoring, site_code=place.site_code, column_id=place.column_id
    ):
        yield Fault("/column", "outside_authority", "负责人的岗位不能管辖该网站。")


def _own(run: Run, batch: Batch, legacy: str | None) -> UUID | None:
    if legacy is None:
        return None
    known = run.taken.get(legacy)
    return known.item_id if known else batch.earlier.get(legacy)


def _unmet(run: Run, batch: Batch, line: ItemLine) -> Iterator[Fault]:
    for legacy in line.refers_to():
        if _own(run, batch, legacy) not in batch.public:
            at = "/interprets" if legacy == line.interprets else "/validity/successor"
            yield Fault(at, "unknown_item", f"前文没有编号为“{legacy}”的已公开内容。")


def _mark(
    run: Run, batch: Batch, item_id: UUID, line: ItemLine
) -> tuple[NewValidity | None, list[Fault]]:
    """Return what is to be recorded of a policy's validity, or what is wrong with it."""
    told = line.validity
    if told is None:
        return None, []
    successor = _own(run, batch, told.successor)
    try:
        mark = NewValidity(**told.model_dump(exclude={"successor"}), successor=successor)
    except ValidationError as fault:
        found = faults(fault.errors())
        return None, [Fault("/validity", each.code, each.detail) for each in found]
    wrong = untold(
        item_id,
        since=told.since,
        written_on=line.written_on,
        successor=successor,
        kinds={**batch.public, item_id: line.kind},
        lapsing=kinds(Trait.LAPSING),
        followed_by=(),
    )
    return mark, [Fault(f"/validity{each.pointer}", each.code, each.detail) for each in wrong]


async def _write(uow: UnitOfWork, run: Run, batch: Batch, seq: int) -> None:
    await filing.keep(uow, [taken for _, taken, _, _ in batch.arrivals])
    items = await take_over(uow, [taken for _, taken, _, _ in batch.arrivals], f"import:{run.id}")
    domains = {place.site_code: place.domain for place in batch.places.values()}
    arrivals = [
        Arrival(
            item=item,
            domain=domains[item.site_code],
            tokens=prepared.tokens,
            stated_on=line.published_on,
            corrections=[
                Correction(at=told.at, note=told.note) for told in dict.fromkeys(line.corrections)
            ],
            mark=mark,
            files=batch.files,
        )
        for item, (line, _, mark, prepared) in zip(items, batch.arrivals, strict=True)
    ]
    release = await take_in(uow, arrivals, seq)
    came = {"source": run.source, "type": Imported.ITEM, "import_id": run.id}
    await copy_in(
        uow.session,
        ImportedId,
        (
            {
                "legacy_id": line.id,
                "own_id": taken.item_id,
                "former_index_no": line.index_no,
                **came,
            }
            for line, taken, _, _ in batch.arrivals
        ),
    )
    uow.announce(
        ItemsImported(
            import_id=run.id,
            source=run.source,
            release_id=release.id,
            release_seq=seq,
            items=len(arrivals),
            site_codes=tuple(sorted({item.site_code for item in items})),
            vouched_by=uow.actor.id,
            digest=_digest(arrivals),
        )
    )


def _digest(arrivals: Sequence[Arrival]) -> str:
    """Return by what it can be told later that exactly these texts came in."""
    told = (
        f"{arrival.item.id} {arrival.item.current.content_hash} {arrival.stated_on}\n"
        for arrival in arrivals
    )
    return sha256("".join(told).encode()).hexdigest()
