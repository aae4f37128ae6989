"""Asking callbacks."""

from services.content.syndication.hub.intent import Answered
from services.content.syndication.partners.retry import figures
from shared.destination import ForbiddenDestination
from shared.outbound import Call, NoAnswer, Outside, Unanswered, call
from shared.telemetry import log

MOST = 1000
"""Bytes of an answer that are read, which is to be a challenge and nothing else."""


async def ask(url: str, outside: Outside) -> Answered:
    """Return what a callback answers; redirects are not followed."""
    within = float(figures().answer_seconds)
    try:
        answer = await call(outside, Call("GET", url, most=MOST, within=within))
    except ForbiddenDestination:
        return Answered(is_there=False)
    except Unanswered as fault:
        log.info("callback.unanswered", url=url.partition("?")[0], why=fault.why)
        return Answered(is_there=fault.why is not NoAnswer.UNKNOWN_HOST)
    return Answered(answer.status, answer.body)
