"""Asking for the page of a repost."""

import time
from datetime import datetime
from http import HTTPStatus

from services.content.editorial.link_reading.adapters import Reader
from services.content.editorial.link_reading.dead_link import read_rest
from services.content.syndication.verification.figures import figures
from services.content.syndication.verification.receipt import Answered
from shared.contracts.receipts import PageFault
from shared.destination import ForbiddenDestination
from shared.outbound import Call, Unanswered, call
from shared.telemetry import log


async def ask(reader: Reader, url: str, now: datetime) -> Answered:
    """Return what a page's address answers at the end of its redirects, and how fast."""
    begun = time.perf_counter()
    try:
        answer = await call(reader.outside, _call(reader, url))
    except ForbiddenDestination:
        return Answered(url, _since(begun), PageFault.FORBIDDEN)
    except Unanswered as fault:
        log.info("page.unanswered", url=url.partition("?")[0], why=fault.why)
        return Answered(url, _since(begun), PageFault.NO_ANSWER)
    too_long = answer.status == HTTPStatus.OK and not answer.is_whole
    return Answered(
        answer.url,
        _since(begun),
        PageFault.TOO_LONG if too_long else None,
        answer.status,
        answer.headers.get("Content-Type"),
        answer.body,
        read_rest(answer.headers.get("Retry-After"), now),
    )


def _call(reader: Reader, url: str) -> Call:
    headers = {"User-Agent": reader.name, "Accept": "text/html"}
    most, redirects = figures().longest_page, figures().redirects
    return Call("GET", url, headers, redirects=redirects, most=most)


def _since(begun: float) -> float:
    return round(time.perf_counter() - begun, 3)
