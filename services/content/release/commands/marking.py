"""Recording what became of a policy, on the page where it was published."""

from datetime import date
from uuid import UUID

from services.content.editorial.commands.opening import require
from services.content.release.commands.publishing import publish, take_turn
from services.content.release.commands.reposting import follow_editions
from services.content.release.kinds import Trait, kinds
from services.content.release.models import Live, Validity
from services.content.release.queries import history, standing
from services.content.release.queries import validity as queries
from services.content.release.repost import check_original
from services.content.release.validity import AlreadyRecorded, day_after, expires, faults
from shared.auth import Permission
from shared.business_day import business_date
from shared.contracts.standing import ValidityState
from shared.contracts.validity import NewValidity, ValidityRecorded
from shared.ids import new_id
from shared.personal_data import mask
from shared.problem import Invalid, NotFound
from shared.uow import UnitOfWork

LAST_DAY_PASSED = "文件标明的有效期已满。"


async def record_validity(uow: UnitOfWork, item_id: UUID, new: NewValidity) -> Validity:
    """Record that a public policy is in force, amended, repealed or expired from a day on."""
    uow, seq = await take_turn(uow)
    public = await standing.live(uow.session, [item_id, *filter(None, [new.successor])])
    row = public.get(item_id)
    if row is None:
        raise NotFound(history.NEVER)
    require(uow, Permission.WITHDRAW, row)
    check_original(row)
    since = new.since or business_date(uow.now)
    followed_by = await queries.followers(uow.session, new.successor) if new.successor else set()
    found = faults(
        item_id,
        since=since,
        written_on=row.written_on,
        successor=new.successor,
        kinds={other.item_id: other.kind for other in public.values() if not other.origin_item_id},
        lapsing=kinds(Trait.LAPSING),
        followed_by=followed_by,
    )
    if found:
        raise Invalid(found)
    said = (row.validity, row.valid_since, row.successor_id, row.successor_document)
    if said == (new.state, since, new.successor, new.document):
        raise AlreadyRecorded
    return await _record(uow, row, new, since, seq)


async def expire(uow: UnitOfWork, expiry_id: UUID) -> None:
    """Record that a policy's last day is over, unless it was taken out of force before."""
    uow, seq = await take_turn(uow)
    expiry = await queries.expiry(uow.session, expiry_id)
    if expiry is None or expiry.due_at is None or expiry.due_at > uow.now:
        return
    expiry.due_at = expiry.leased_until = None
    row = (await standing.live(uow.session, [expiry.item_id])).get(expiry.item_id)
    over = day_after(row.expires_on) if row and row.expires_on else None
    if row and over and expires(over, row.validity, row.valid_since):
        lapsed = NewValidity(state=ValidityState.EXPIRED, reason=LAST_DAY_PASSED)
        await _record(uow, row, lapsed, over, seq)


async def _record(uow: UnitOfWork, row: Live, new: NewValidity, since: date, seq: int) -> Validity:
    near = await standing.neighbours(uow.session, [row.item_id])
    mark = Validity(
        id=new_id(),
        item_id=row.item_id,
        state=new.state,
        since=since,
        successor=new.successor,
        document=new.document,
        reason=new.reason,
        recorded_by=uow.actor.id,
        recorded_at=uow.now,
        seq=seq,
    )
    uow.session.add(mark)
    await uow.session.flush()
    holds = (await queries.current(uow.session, [row.item_id]))[row.item_id]
    row.validity, row.valid_since = holds.state, holds.since
    row.successor_id, row.successor_document = holds.successor, holds.document
    reposts = {other.item_id for other in await follow_editions(uow, [row], seq)}
    await publish(uow, {*near, *reposts, *filter(None, [row.successor_id])}, seq)
    uow.announce(
        ValidityRecorded(
            item_id=row.item_id,
            site_code=row.site_code,
            state=mark.state,
            since=since,
            successor=mark.successor,
            document=mark.document,
            release_seq=seq,
            reason=mask(mark.reason),
        )
    )
    return mark
