"""Calling what the outside names, and nobody else its name may lead to."""

import asyncio
import socket
import ssl
import zlib
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from ipaddress import ip_address

import httpx

from shared.destination import SCHEMES, Address, Allowed, check_address, check_destination

DEADLINE = httpx.Timeout(15.0, connect=5.0)
LONGEST = 30.0  # seconds, for the whole call with its redirects
GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
REDIRECT = range(300, 400)
# As OpenSSL counts: expired, signed by itself, for another name, for another address. With any
# other code the fault may as well lie in what we know of issuers.
SURELY_BAD = frozenset({10, 18, 62, 64})


class NoAnswer(StrEnum):
    """Why nobody answered."""

    UNKNOWN_HOST = "unknown_host"
    LOOKUP_FAILED = "lookup_failed"
    REFUSED = "refused"
    BAD_CERTIFICATE = "bad_certificate"
    UNKNOWN_ISSUER = "unknown_issuer"
    TIMED_OUT = "timed_out"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BROKEN = "broken"


class Unanswered(Exception):
    """The call was allowed, and nobody answered it in a way that can be read."""

    def __init__(self, why: NoAnswer) -> None:
        """Carry why."""
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Answer:
    """What was answered at the end of all redirects; the body up to where it was asked for."""

    url: str
    status: int
    headers: httpx.Headers
    body: bytes = b""
    is_whole: bool = True


Resolve = Callable[[str, int], Awaitable[Sequence[Address]]]


async def look_up(host: str, port: int) -> Sequence[Address]:
    """Return every address of a name."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as fault:
        raise Unanswered(NoAnswer.UNKNOWN_HOST) from fault
    except socket.gaierror as fault:
        known = fault.errno != socket.EAI_NONAME
        why = NoAnswer.LOOKUP_FAILED if known else NoAnswer.UNKNOWN_HOST
        raise Unanswered(why) from fault
    return [ip_address(entry[4][0]) for entry in found]


@cache
def _web() -> ssl.SSLContext:
    return httpx.create_ssl_context()


@dataclass(frozen=True)
class Outside:
    """The world as far as it may be called, how names are looked up, and whom TLS trusts."""

    allowed: Allowed = field(default_factory=Allowed)
    resolve: Resolve = look_up
    trust: ssl.SSLContext = field(default_factory=_web)


@dataclass(frozen=True)
class Call:
    """What to ask, how many redirects to follow, and how much to read, and how long to wait."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None
    redirects: int = 0
    most: int = 0
    within: float = LONGEST


async def call(outside: Outside, asked: Call) -> Answer:
    """Return what is answered, or raise `Unanswered` or `ForbiddenDestination`.

    A name is looked up once, every address found is checked and those are called, so that it
    cannot lead elsewhere between the two. Each redirect is checked like the first address.
    """
    try:
        async with asyncio.timeout(asked.within):
            return await _follow(outside, asked, httpx.URL(asked.url))
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError, zlib.error) as fault:
        raise Unanswered(_why(fault)) from fault


async def _follow(outside: Outside, asked: Call, target: httpx.URL) -> Answer:
    for _ in range(asked.redirects + 1):
        answer = await _send(outside, asked, target)
        leads_to = answer.headers.get("Location")
        if answer.status not in REDIRECT or leads_to is None or not asked.redirects:
            return answer
        target = target.join(leads_to)
    raise Unanswered(NoAnswer.TOO_MANY_REDIRECTS)


async def _send(outside: Outside, asked: Call, target: httpx.URL) -> Answer:
    # A name's last dot is no part of the name that certificates and servers know.
    host = target.raw_host.decode().rstrip(".")
    port = target.port or SCHEMES.get(target.scheme, 0)
    check_address(target.scheme, host, port, target.userinfo.decode())
    target = target.copy_with(host=host)
    found = await outside.resolve(host, port)
    addresses = [check_destination(address, port, outside.allowed) for address in found]
    faults: list[Exception] = []
    for address in dict.fromkeys(addresses):
        try:
            return await _ask(outside, asked, target, address)
        except (httpx.ConnectError, httpx.ConnectTimeout) as fault:
            faults.append(fault)
    raise Unanswered(_why(*faults))


async def _ask(outside: Outside, asked: Call, target: httpx.URL, address: Address) -> Answer:
    headers = {"Accept-Encoding": "identity", **asked.headers, "Host": target.netloc.decode()}
    async with (
        httpx.AsyncClient(timeout=DEADLINE, trust_env=False, verify=outside.trust) as http,
        http.stream(
            asked.method,
            target.copy_with(host=str(address)),
            content=asked.content,
            headers=headers,
            extensions={"sni_hostname": target.raw_host.decode()},
        ) as response,
    ):
        body = await _read(response, asked.most) if asked.most else b""
        kept, is_whole = body[: asked.most], len(body) <= asked.most
        return Answer(str(target), response.status_code, response.headers, kept, is_whole)


async def _read(response: httpx.Response, most: int) -> bytes:
    """Return the body unpacked, and no more than one byte beyond the most; a bomb stays packed."""
    packed = response.headers.get("Content-Encoding", "identity").lower()
    if packed not in {"identity", "gzip", "deflate"}:
        raise Unanswered(NoAnswer.BROKEN)
    unpacking = None if packed == "identity" else zlib.decompressobj(GZIP_OR_ZLIB)
    body = bytearray()
    async for piece in response.aiter_raw():
        left = most + 1 - len(body)
        body += piece[:left] if unpacking is None else unpacking.decompress(piece, left)
        if len(body) > most:
            break
    return bytes(body)


def _why(*faults: BaseException) -> NoAnswer:
    """Return the gravest doubt: a server is away for good if no address leaves room for hope."""
    causes = [cause for fault in faults for cause in _causes(fault)]
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            sure = cause.verify_code in SURELY_BAD
            return NoAnswer.BAD_CERTIFICATE if sure else NoAnswer.UNKNOWN_ISSUER
    if any(isinstance(cause, TimeoutError | httpx.TimeoutException) for cause in causes):
        return NoAnswer.TIMED_OUT
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return NoAnswer.REFUSED
    return NoAnswer.BROKEN


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    while fault is not None:
        yield fault
        if isinstance(fault, BaseExceptionGroup):
            for each in fault.exceptions:
                yield from _causes(each)
        fault = fault.__cause__ or fault.__context__
