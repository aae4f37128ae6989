"""Calling subscribers."""

from shared.destination import ForbiddenDestination
from shared.outbound import Call, Outside, Unanswered, call
from shared.telemetry import log


async def post(url: str, body: str, headers: dict[str, str], outside: Outside) -> int | None:
    """Send a message and return the status answered; none if nobody answered.

    Redirects are not followed; of the answer nothing but its status is read.
    """
    headers = {**headers, "Content-Type": "application/json"}
    try:
        answer = await call(outside, Call("POST", url, headers, body.encode()))
    except (Unanswered, ForbiddenDestination) as fault:
        log.info("webhook.unanswered", url=url.partition("?")[0], fault=repr(fault))
        return None
    return answer.status
