"""What a site's state allows, from its application to its closing."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from services.content.registry.limits import limits
from shared.business_day import business_date
from shared.contracts.registry import SiteState
from shared.problem import Conflict, Unprocessable


class Act(StrEnum):
    """What may be done with a site as a whole."""

    OPEN = "open"
    SUSPEND = "suspend"
    REOPEN = "reopen"
    MIGRATE = "migrate"
    CANCEL_MIGRATION = "cancel_migration"
    CLOSE = "close"


TRANSITIONS: Mapping[tuple[SiteState, Act], SiteState] = {
    (SiteState.APPLIED, Act.OPEN): SiteState.OPEN,
    (SiteState.OPEN, Act.SUSPEND): SiteState.SUSPENDED,
    (SiteState.SUSPENDED, Act.REOPEN): SiteState.OPEN,
    # A suspended site cannot be read, and so cannot tell its readers where the content goes.
    (SiteState.OPEN, Act.MIGRATE): SiteState.MIGRATING,
    (SiteState.MIGRATING, Act.CANCEL_MIGRATION): SiteState.OPEN,
    (SiteState.MIGRATING, Act.CLOSE): SiteState.CLOSED,
}
RUNNING = frozenset({SiteState.OPEN, SiteState.SUSPENDED, SiteState.MIGRATING})
STAYING = RUNNING - {SiteState.MIGRATING}


class WrongSiteState(Conflict):
    """The site's state does not allow this act."""

    advice = "网站当前状态不允许这样操作。"


class SuspensionTooLong(Unprocessable):
    """A suspension ends after it begins, and does not last longer than the rules allow."""

    advice = "临时下线的截止时间须晚于当前时间，且不得超过规定天数。"


class SuspendedBefore(Conflict):
    """The site has been suspended as often as a calendar year allows."""

    advice = "本网站本年度已临时下线过，不能再次临时下线。"


class NoticeTooShort(Conflict):
    """Readers have not been told for long enough where the content went."""

    advice = "内容去向公告未满规定天数，不能关停。"


class DestinationLeaves(Conflict):
    """Content does not go to a site that will close itself, or was closed."""

    advice = "内容去向的网站正在迁移或已关停，请另选去向。"


class ByApplicationOnly(Conflict):
    """Once a site has been opened, its columns and data change by application."""

    advice = "网站已开通，栏目和网站信息的变更须提出申请。"


class NotRunning(Conflict):
    """The site has not been opened yet, or was closed."""

    advice = "网站尚未开通或已关停，不能这样操作。"


class ClosedForGood(Conflict):
    """A closed site takes no new items."""

    advice = "网站已关停，不再接收新稿件。"


def advance(state: SiteState, act: Act) -> SiteState:
    """Return the state `act` leads to, or raise `WrongSiteState`."""
    try:
        return TRANSITIONS[state, act]
    except KeyError:
        raise WrongSiteState(state=state, act=act) from None


def check_suspension(now: datetime, until: datetime, begun: Iterable[datetime]) -> None:
    """Refuse a suspension that is too long, or one too many in its calendar year."""
    allowed = limits().suspension
    if not now < until <= now + timedelta(days=allowed.longest_days):
        raise SuspensionTooLong(longest_days=allowed.longest_days)
    year = business_date(now).year
    if sum(business_date(each).year == year for each in begun) >= allowed.most_a_year:
        raise SuspendedBefore(most_a_year=allowed.most_a_year)


def check_closing(now: datetime, noticed: datetime) -> None:
    """Refuse to close a site before its notice has stood as long as the rules want."""
    closes = noticed + timedelta(days=limits().closing.notice_days)
    if now < closes:
        raise NoticeTooShort(not_before=closes.isoformat())


def check_destination(state: SiteState) -> None:
    """Refuse to send readers to a site that sends them on, or back."""
    if state not in STAYING:
        raise DestinationLeaves(state=state)


def check_arranged_freely(state: SiteState) -> None:
    """Refuse to change columns or data by hand once the site has been opened."""
    if state is not SiteState.APPLIED:
        raise ByApplicationOnly(state=state)


def check_running(state: SiteState) -> None:
    """Refuse what only makes sense between a site's opening and its closing."""
    if state not in RUNNING:
        raise NotRunning(state=state)


def check_takes_items(state: SiteState) -> None:
    """Refuse new items once the site is closed; before it opens they may be prepared."""
    if state is SiteState.CLOSED:
        raise ClosedForGood
