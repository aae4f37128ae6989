"""A loopback server that plays the outside, and certificates for it."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from shared.destination import Address, Allowed, networks
from shared.outbound import NoAnswer, Resolve, Unanswered

LOOPBACK = Allowed(networks(["127.0.0.0/8", "::1/128"]))
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Asked(NamedTuple):
    """What the server was asked."""

    method: str
    path: str
    headers: dict[str, str]


@dataclass
class Web:
    """Answers each path as it is told, with as many bytes as come; nothing hangs up at once."""

    answers: dict[str, bytes | Callable[[str], bytes]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    port: int = 0
    slow: float = 0
    serving: set[asyncio.Task[None]] = field(default_factory=set)

    def url(self, path: str = "/", host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.serving.add(asyncio.ensure_future(self._serve(reader, writer)))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._answer(reader, writer)
        finally:
            writer.close()
            with suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        method, path, _ = head[0].split(" ", 2)
        fields = [line.split(": ", 1) for line in head[1:] if line]
        self.asked.append(Asked(method, path, {name.lower(): value for name, value in fields}))
        answer = self.answers.get(path, OK)
        told = answer if isinstance(answer, bytes) else answer(method)
        for piece in [bytes([one]) for one in told] if self.slow else [told]:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(self.slow)


@asynccontextmanager
async def serving(tls: ssl.SSLContext | None = None) -> AsyncIterator[Web]:
    web = Web()
    server = await asyncio.start_server(web.accept, "127.0.0.1", 0, ssl=tls)
    web.port = server.sockets[0].getsockname()[1]
    async with server:
        yield web
        for task in web.serving:
            task.cancel()
        await asyncio.gather(*web.serving, return_exceptions=True)


def status(code: int, *headers: str) -> bytes:
    lines = "".join(f"{line}\r\n" for line in headers)
    return f"HTTP/1.1 {code} X\r\n{lines}Content-Length: 0\r\n\r\n".encode()


def names(**known: str | list[str]) -> Resolve:
    """Return a resolver that knows these hosts, dots written as underscores, and no others."""
    found = {
        host.replace("_", "."): [told] if isinstance(told, str) else told
        for host, told in known.items()
    }

    async def resolve(host: str, _: int) -> list[Address]:
        with suppress(ValueError):
            return [ip_address(host)]
        if host not in found:
            raise Unanswered(NoAnswer.UNKNOWN_HOST)
        return [ip_address(one) for one in found[host]]

    return resolve


def certificate(folder: Path, host: str, *, expired: bool = False) -> tuple[Path, Path]:
    """Write an authority's certificate, and one it signed for a host with its key."""
    authority, key = (
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    )
    issuer = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "authority")])
    now = datetime.now(UTC)
    until = now + timedelta(days=-1 if expired else 1)

    def signed(subject: x509.Name, public: ec.EllipticCurvePublicKey, *, ca: bool) -> bytes:
        built = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=2))
            .not_valid_after(now + timedelta(days=1) if ca else until)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        )
        done = built.sign(authority, hashes.SHA256())
        return done.public_bytes(serialization.Encoding.PEM)

    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    trusted, served = folder / "authority.pem", folder / "served.pem"
    trusted.write_bytes(signed(issuer, authority.public_key(), ca=True))
    served.write_bytes(private + signed(name, key.public_key(), ca=False))
    return trusted, served


def server_with(served: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(served)
    return context
