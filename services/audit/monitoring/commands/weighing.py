"""Hold what is known against what is owed: findings open, and close when their cause is gone."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from services.audit.monitoring import queries
from services.audit.monitoring.cadence import Freshness, Rhythm
from services.audit.monitoring.cause import (
    Cause,
    KnownColumn,
    KnownLetter,
    KnownObligation,
    KnownPage,
    KnownPolicy,
    by_kind,
)
from services.audit.monitoring.finding import FindingKind
from services.audit.monitoring.models import (
    Column,
    Finding,
    Letter,
    Obligation,
    Publication,
    Watched,
)
from shared.business_day import business_date, end_of
from shared.contracts.audit import FindingClosed, FindingOpened
from shared.ids import new_id
from shared.uow import UnitOfWork

AN_INSTANT = timedelta(microseconds=1)
CausesAt = Callable[[datetime], Awaitable[dict[FindingKind, Cause]]]


async def weigh_column(uow: UnitOfWork, column: Column) -> None:
    """Weigh a column, and see to it again tomorrow unless its clock rests."""

    async def known(at: datetime) -> KnownColumn:
        latest, statement = await queries.showing(uow.session, column.id, at)
        rhythm = Rhythm(column.kind, column.target_days, column.red_line_days)
        entries = tuple(column.entries)
        return KnownColumn(column.name, rhythm, column.opened_at, entries, latest, statement)

    async def causes(at: datetime) -> dict[FindingKind, Cause]:
        if column.resting_since is not None and column.resting_since <= at:
            return {}
        return by_kind((await known(at)).causes(at))

    await settle(uow, column, causes)
    if column.resting_since is not None:
        column.freshness, column.update_due = Freshness.RESTING, None
        _see_again(column, None)
        return
    verdict = (await known(uow.now)).verdict(uow.now)
    column.freshness, column.update_due = verdict.freshness, verdict.due
    _see_again(column, end_of(business_date(uow.now)))


async def weigh_policy(uow: UnitOfWork, policy: Publication) -> None:
    """Weigh whether a policy went out with its interpretation, or was followed by it in time."""
    due_on = policy.interpretation_due_on or business_date(policy.first_public_at)

    async def causes(at: datetime) -> dict[FindingKind, Cause]:
        gone = policy.withdrawn_at is not None and policy.withdrawn_at <= at
        if gone or not policy.to_be_interpreted:
            return {}
        interpreted = await queries.interpreted(uow.session, policy.id, at)
        entries = tuple(policy.entries)
        known = KnownPolicy(policy.title, due_on, interpreted, entries)
        return by_kind(known.causes(at))

    await settle(uow, policy, causes)
    judged_from = end_of(due_on)
    _see_again(policy, judged_from if uow.now < judged_from else None)


async def weigh_letter(uow: UnitOfWork, letter: Letter, at: datetime | None = None) -> None:
    """Weigh whether a letter is late now, or was at a moment just gone by."""
    due_at = end_of(letter.due_on)

    async def causes(at: datetime) -> dict[FindingKind, Cause]:
        known = KnownLetter(letter.number, due_at, letter.answered_at, tuple(letter.entries))
        return by_kind(known.causes(at))

    await settle(uow, letter, causes, at)
    _see_again(letter, due_at if letter.answered_at is None and uow.now < due_at else None)


async def weigh_obligation(uow: UnitOfWork, owed: Obligation, at: datetime | None = None) -> None:
    """Weigh whether a site is late with a repost now, or was at a moment just gone by."""
    title = await queries.title(uow.session, owed.item_id)
    page = None
    if owed.diverged_at is not None and owed.diverged is not None:
        page = KnownPage(owed.diverged_at, owed.mended_at, **owed.diverged)

    async def causes(at: datetime) -> dict[FindingKind, Cause]:
        entries = tuple(owed.entries)
        known = KnownObligation(
            title, owed.deadline, owed.state, owed.settled_at, owed.withdrawn_at, entries, page
        )
        return by_kind(known.causes(at))

    await settle(uow, owed, causes, at)
    done = owed.settled_at or owed.withdrawn_at
    waits = done is None and uow.now <= owed.deadline
    _see_again(owed, owed.deadline + AN_INSTANT if waits else None)


async def settle(
    uow: UnitOfWork, watched: Watched, causes_at: CausesAt, at: datetime | None = None
) -> None:
    """Let the findings on a watched thing follow its causes as they are at `at`, or now."""
    at = at or uow.now
    causes = await causes_at(at)
    opened = {row.kind: row for row in await queries.open_findings(uow.session, watched)}
    for kind, cause in causes.items():
        if kind not in opened:
            _open(uow, watched, cause, at)
    for kind, finding in opened.items():
        if kind not in causes:
            # Events come late at times: what they tell now may show that it never held.
            founded = kind in await causes_at(finding.opened_at)
            _close(uow, finding, at, unfounded=not founded)
    await uow.session.flush()


def _open(uow: UnitOfWork, watched: Watched, cause: Cause, at: datetime) -> None:
    finding = Finding(
        id=new_id(),
        kind=cause.kind,
        site_code=watched.site_code,
        subject=watched.subject,
        summary=cause.summary,
        evidence=list(cause.evidence),
        opened_at=at,
        unfounded=False,
    )
    uow.session.add(finding)
    uow.announce(
        FindingOpened(
            finding_id=finding.id,
            kind=finding.kind,
            site_code=finding.site_code,
            about=finding.subject,
            summary=finding.summary,
        )
    )


def _close(uow: UnitOfWork, finding: Finding, at: datetime, *, unfounded: bool) -> None:
    finding.closed_at, finding.unfounded = at, unfounded
    uow.announce(
        FindingClosed(
            finding_id=finding.id,
            kind=finding.kind,
            site_code=finding.site_code,
            about=finding.subject,
            unfounded=unfounded,
        )
    )


def _see_again(watched: Watched, at: datetime | None) -> None:
    watched.due_at, watched.leased_until = at, None
