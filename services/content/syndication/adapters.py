"""Calling subscribers, and nobody else the name of a subscriber may lead to."""

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import ip_address

import httpx

from services.content.syndication.destination import Network, check_destination
from shared.problem import Problem
from shared.telemetry import log

DEADLINE = httpx.Timeout(15.0, connect=5.0)
LONGEST = 30.0  # for the whole call, well within the lease of a claimed message


async def post(
    url: str, body: str, headers: dict[str, str], allowed: Sequence[Network]
) -> int | None:
    """Send a message and return the status answered; none if nobody answered.

    The name is looked up once, the address found is checked and then called, so that a name
    cannot lead elsewhere between the two. Redirects are not followed; of the answer nothing but
    its status is read.
    """
    try:
        async with asyncio.timeout(LONGEST):
            return await _send(httpx.URL(url), body, headers, allowed)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError, Problem) as fault:
        log.info("webhook.unanswered", url=url.partition("?")[0], fault=repr(fault))
        return None


async def _send(
    target: httpx.URL, body: str, headers: dict[str, str], allowed: Sequence[Network]
) -> int:
    address = await _resolve(target, allowed)
    headers = {**headers, "Host": target.netloc.decode(), "Content-Type": "application/json"}
    async with (
        httpx.AsyncClient(timeout=DEADLINE, trust_env=False) as http,
        http.stream(
            "POST",
            target.copy_with(host=address),
            content=body.encode(),
            headers=headers,
            extensions={"sni_hostname": target.host},
        ) as response,
    ):
        return response.status_code


async def _resolve(target: httpx.URL, allowed: Sequence[Network]) -> str:
    port = target.port or (443 if target.scheme == "https" else 80)
    found = await asyncio.get_running_loop().getaddrinfo(
        target.host, port, type=socket.SOCK_STREAM
    )
    first, *_ = [check_destination(ip_address(entry[4][0]), allowed) for entry in found]
    return str(first)
