"""Calling subscribers."""

import time
from datetime import timedelta

from services.content.syndication.partners.retry import Reply, figures
from shared.destination import ForbiddenDestination
from shared.outbound import Call, Outside, Unanswered, call
from shared.telemetry import log

FORBIDDEN = "forbidden_destination"


async def post(url: str, body: bytes, headers: dict[str, str], outside: Outside) -> Reply:
    """Send a message and return what was answered, or why nobody did.

    Redirects are not followed; of the answer nothing but its head is read.
    """
    within = float(figures().answer_seconds)
    begun = time.monotonic()
    try:
        answer = await call(outside, Call("POST", url, headers, body, within=within))
        reply = Reply(answer.status, retry_after=answer.headers.get("Retry-After"))
    except (Unanswered, ForbiddenDestination) as fault:
        log.info("webhook.unanswered", url=url.partition("?")[0], fault=repr(fault))
        reply = Reply(None, fault.why if isinstance(fault, Unanswered) else FORBIDDEN)
    return reply._replace(took=timedelta(seconds=time.monotonic() - begun))
