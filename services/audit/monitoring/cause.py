"""What speaks against a site at an instant, by the facts known of it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from services.audit.monitoring.cadence import Rhythm, Verdict, judge
from services.audit.monitoring.finding import FindingKind
from shared.business_day import business_date
from shared.contracts.directives import ObligationState


class Cause(NamedTuple):
    """A reason for a finding, in a sentence, with the trail entries that show it."""

    kind: FindingKind
    summary: str
    evidence: tuple[int, ...]


class Showing(NamedTuple):
    """Something that stands public in a column: since when, by which entries of the trail."""

    first_public_at: datetime
    entries: tuple[int, ...]


class KnownColumn(NamedTuple):
    """What is known of a column at an instant: its latest item and its status statement."""

    name: str
    rhythm: Rhythm
    opened_at: datetime
    entries: tuple[int, ...]
    latest: Showing | None
    statement: Showing | None

    def verdict(self, at: datetime) -> Verdict:
        """Judge the column on the day of `at`."""
        return judge(
            self.rhythm,
            [self.latest.first_public_at] if self.latest else [],
            business_date(at),
            opened=business_date(self.opened_at),
            has_statement=self.statement is not None,
        )

    def causes(self, at: datetime) -> Iterator[Cause]:
        """Yield what the column is found wanting in."""
        shown = self.latest or self.statement
        evidence = self.entries + (shown.entries if shown else ())
        verdict = self.verdict(at)
        for kind in verdict.findings:
            yield Cause(kind, f"栏目“{self.name}”：{self._told(kind, verdict)}", evidence)

    def _told(self, kind: FindingKind, verdict: Verdict) -> str:
        if self.latest is None or kind is FindingKind.STATEMENT_LEFT_BEHIND:
            return f"{kind.nature.label}。"
        last = business_date(self.latest.first_public_at)
        if kind is FindingKind.COLUMN_PAST_RED_LINE:
            return f"上次更新是 {last}，已超过全国红线 {self.rhythm.red_line_days} 天。"
        return f"上次更新是 {last}，应在 {verdict.due} 前再次更新。"


class KnownLetter(NamedTuple):
    """What is known of a letter."""

    number: str
    due_at: datetime
    answered_at: datetime | None
    entries: tuple[int, ...]

    def causes(self, at: datetime) -> Iterator[Cause]:
        """Yield that the letter waits too long for its answer, if it does."""
        if at >= self.due_at and not _by(self.answered_at, at):
            summary = f"来信 {self.number} 未在办理期限内答复。"
            yield Cause(FindingKind.LETTER_LATE, summary, self.entries)


class KnownPage(NamedTuple):
    """A page that was judged to show another text: from when to when, where, by which reading."""

    judged_at: datetime
    mended_at: datetime | None
    url: str
    reading_id: str
    matched: float | None = None

    def told(self) -> str:
        """Say where it stands, how much of the text it shows, and which reading shows that."""
        share = "" if self.matched is None else f"，与原文相同的部分占 {self.matched:.2%}"
        return f"{self.url}{share}（核验记录 {self.reading_id}）"


class KnownObligation(NamedTuple):
    """What is known of a site's duty to repost an item."""

    title: str
    deadline: datetime
    state: ObligationState
    settled_at: datetime | None
    withdrawn_at: datetime | None
    entries: tuple[int, ...]
    diverged: KnownPage | None = None

    def causes(self, at: datetime) -> Iterator[Cause]:
        """Yield that the site is late, that it declined, or that its page shows another text."""
        if _by(self.withdrawn_at, at):
            return
        if not _by(self.settled_at, at):
            if at > self.deadline:
                summary = f"未在截止时间前转载{self.title}。"
                yield Cause(FindingKind.REPOST_LATE, summary, self.entries)
        elif self.state is ObligationState.DECLINED:
            yield Cause(FindingKind.REPOST_DECLINED, f"未转载{self.title}。", self.entries)
        page = self.diverged
        if page is not None and page.judged_at <= at and not _by(page.mended_at, at):
            summary = f"转载的{self.title}与原文不一致：{page.told()}。"
            yield Cause(FindingKind.REPOST_DIVERGED, summary, self.entries)


class KnownPolicy(NamedTuple):
    """What is known of a public policy that must be interpreted."""

    title: str
    due_on: date
    interpreted: bool
    entries: tuple[int, ...]

    def causes(self, at: datetime) -> Iterator[Cause]:
        """Yield that the last day of its interpretation has passed without one.

        Source: 蚌政办秘〔2017〕97号 二(二): both are released at the same time, so that day is the
        one of its release, unless the interpretation was allowed to follow (国办发〔2016〕80号).
        """
        if not self.interpreted and business_date(at) > self.due_on:
            summary = f"《{self.title}》的解读应在 {self.due_on} 前发布，至今没有公开的解读。"
            yield Cause(FindingKind.POLICY_UNINTERPRETED, summary, self.entries)


def by_kind(causes: Iterable[Cause]) -> dict[FindingKind, Cause]:
    """Index causes by what they lead to."""
    return {cause.kind: cause for cause in causes}


def _by(done_at: datetime | None, at: datetime) -> bool:
    return done_at is not None and done_at <= at
