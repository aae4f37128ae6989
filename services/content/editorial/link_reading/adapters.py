"""Asking a link whether it is still there."""

from dataclasses import dataclass
from datetime import datetime

from services.content.editorial.link_reading.dead_link import (
    Reading,
    figures,
    read_rest,
    read_status,
)
from shared.contracts.dead_links import LinkFound
from shared.destination import ForbiddenDestination
from shared.outbound import Answer, Call, NoAnswer, Outside, Unanswered, call
from shared.telemetry import log

SILENCE = {
    NoAnswer.UNKNOWN_HOST: LinkFound.UNKNOWN_HOST,
    NoAnswer.REFUSED: LinkFound.REFUSED,
    NoAnswer.BAD_CERTIFICATE: LinkFound.BAD_CERTIFICATE,
    NoAnswer.LOOKUP_FAILED: LinkFound.OWN_FAULT,
}
REFUSAL = 400


@dataclass(frozen=True)
class Reader:
    """Who reads links: what may be called, and the name to call in."""

    outside: Outside
    name: str


async def read(reader: Reader, url: str, now: datetime) -> Reading:
    """Return what a link answers: to HEAD, or to GET where HEAD is not understood."""
    try:
        answer = await _ask(reader, "HEAD", url)
        if answer.status >= REFUSAL and answer.status not in figures().doubtful:
            answer = await _ask(reader, "GET", url)
    except ForbiddenDestination:
        return Reading(LinkFound.DOUBTFUL)
    except Unanswered as fault:
        log.info("link.unanswered", url=url.partition("?")[0], why=fault.why)
        return Reading(SILENCE.get(fault.why, LinkFound.DOUBTFUL))
    rest = read_rest(answer.headers.get("Retry-After"), now)
    return Reading(read_status(answer.status), answer.status, rest)


async def _ask(reader: Reader, method: str, url: str) -> Answer:
    asked = Call(method, url, {"User-Agent": reader.name}, redirects=figures().redirects)
    try:
        return await call(reader.outside, asked)
    except Unanswered as fault:
        if method == "GET" or fault.why is not NoAnswer.BROKEN:
            raise
        return await _ask(reader, "GET", url)  # some servers hang up at HEAD
