"""Over which days a site may be assessed, and how long a finding stood in them."""

from datetime import date, datetime

from services.audit.assessment.scoring import Window
from shared.business_day import business_date
from shared.problem import Unprocessable

LONGEST_DAYS = 366


class WindowOutOfRange(Unprocessable):
    """The window is at most 366 days long, begins before it ends, and does not reach ahead."""

    advice = f"考核区间起止日期应依次不减、不超过 {LONGEST_DAYS} 天，且不得晚于今天。"


def check(window: Window, today: date) -> None:
    """Refuse a window that is turned round, too long, or not over."""
    days = (window.end - window.start).days + 1
    if not 1 <= days <= LONGEST_DAYS or window.end > today:
        raise WindowOutOfRange


def overlap(window: Window, opened_at: datetime, closed_at: datetime | None) -> Window:
    """Return the days of `window` over which a finding stood."""
    opened = business_date(opened_at)
    closed = business_date(closed_at) if closed_at else window.end
    return Window(max(window.start, opened), min(window.end, closed))
