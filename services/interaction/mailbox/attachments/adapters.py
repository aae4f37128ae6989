"""What attachments stand on: the store, in which everything lies sealed, and confined programs."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from fastapi import Request, Response

from services.interaction.mailbox.attachments import admission, place
from services.interaction.mailbox.attachments.commands.judging import Verdict
from services.interaction.mailbox.attachments.limits import Limits
from services.interaction.mailbox.attachments.naming import judged_name, shown_name
from services.interaction.mailbox.attachments.sealing import FileKey, JudgingKey
from shared.address import Network, address_digest, client_address
from shared.contracts.assets import AssetKind, Family, RefusalReason, Use
from shared.files.adapters import opening
from shared.files.adapters.inspecting import inspect
from shared.files.adapters.storage import Files
from shared.files.form import FormReader, UnreadableForm
from shared.files.kind import HEAD, admit, rules
from shared.http import UNKNOWN, allow_body
from shared.problem import Fault, Invalid
from shared.sealing import NONCE_BYTES, Chance

ENVELOPE = 64 * 1024
"""Room for what a form puts around its file."""


class Received(NamedTuple):
    """A file as it arrived: what it is called, and its bytes, which are kept nowhere else."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Vault:
    """The store of sealed files."""

    files: Files
    chance: Chance

    async def put(self, key: FileKey, data: bytes, what: str, lies_at: str) -> None:
        """Seal what belongs to a file, and store it."""
        sealed = await asyncio.to_thread(key.close, self.chance(NONCE_BYTES), data, what)

        async def whole() -> AsyncIterator[bytes]:
            yield sealed

        await self.files.take_in(lies_at, whole(), len(sealed))

    async def get(self, key: FileKey, what: str, lies_at: str) -> bytes:
        """Return what was stored, unsealed; it never touches a disk here."""
        sealed = b"".join([block async for block in self.files.read(lies_at)])
        return await asyncio.to_thread(key.open, sealed, what)


def expect(request: Request, limits: Limits) -> None:
    """Refuse a body that does not say how long it is, or is too long, before any of it is read."""
    declared = request.headers.get("content-length")
    allow_body(request, admission.check_length(declared, limits.most_bytes + ENVELOPE))


async def receive(request: Request, limits: Limits) -> Received:
    """Read a form with one file, and refuse as early as can be what a letter cannot carry."""
    try:
        async with asyncio.timeout(limits.upload_seconds):
            return await _read(request, limits)
    except TimeoutError as late:
        raise admission.UploadTooSlow from late


async def _read(request: Request, limits: Limits) -> Received:
    form, data = FormReader(request.headers.get("content-type", "")), bytearray()
    admitted = False
    async for block in request.stream():
        for piece in form.feed(block):
            data += piece
        if form.fields:
            raise Invalid([Fault(f"/{name}", UNKNOWN, "没有这一项。") for name in form.fields])
        if len(data) > limits.most_bytes:
            raise admission.too_large(limits.most_bytes)
        if not admitted and len(data) >= HEAD:
            admit(shown_name(form.name or ""), bytes(data[:HEAD]), limits.kinds)
            admitted = True
    if not form.complete or form.name is None:
        raise UnreadableForm
    name = shown_name(form.name)
    admit(name, bytes(data[:HEAD]), limits.kinds)
    return Received(name, bytes(data))


@dataclass(frozen=True)
class Judge:
    """Looks into files, and makes the forms in which they are read."""

    vault: Vault
    clamd: str | None = None

    async def judge(self, key: FileKey, name: str, limits: Limits, *, read_text: bool) -> Verdict:
        """Return what a file is; its forms, and its text if asked for, are stored sealed."""
        data = await self.vault.get(key, place.ORIGINAL, place.of(key.file, place.ORIGINAL))
        with tempfile.TemporaryDirectory(prefix="attachment-") as room:
            source, folder = Path(room) / "source", Path(room) / "made"
            await asyncio.to_thread(_lay_out, source, data, folder)
            scan, scanner = await inspect(source, judged_name(name), folder, self.clamd)
            reasons = admission.suits(scan, limits)
            if reasons or scan.kind is None:
                return Verdict(scan.kind, reasons or [RefusalReason.UNREADABLE], scanner)
            if rules()[scan.kind].family is Family.IMAGE:
                drawn = await self._draw(key, source, scan.kind, folder)
                failed = [] if drawn else [RefusalReason.UNREADABLE]
                return Verdict(scan.kind, failed, scanner)
            complete = None
            if read_text:
                text = await opening.read(source, scan.kind, folder)
                lies_at = place.of(key.file, place.TEXT)
                await self.vault.put(key, text.text.encode(), place.TEXT, lies_at)
                complete = text.complete
            return Verdict(scan.kind, [], scanner, complete)

    async def _draw(self, key: FileKey, source: Path, kind: AssetKind, folder: Path) -> bool:
        """Store an image as its readers and a page are shown it; say whether it could be drawn."""
        drawn = await opening.draw(source, kind, folder)
        own = [form for form in drawn if form["mime"] == rules()[kind].mime]
        for form in own:
            what = place.READING if form["use"] is Use.FILE else place.PAGE
            data = await asyncio.to_thread((folder / form["name"]).read_bytes)
            await self.vault.put(key, data, what, place.of(key.file, what))
        return bool(own)


def _lay_out(source: Path, data: bytes, folder: Path) -> None:
    folder.mkdir()
    source.write_bytes(data)


def sent(name: str, kind: AssetKind, data: bytes, **headers: str) -> Response:
    """Answer with a file that a browser saves under this name, and never takes for a page."""
    return Response(
        data,
        headers={
            "Content-Type": rules()[kind].mime,
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            **headers,
        },
    )


@dataclass(frozen=True)
class Reception:
    """What files are taken in and given out with, and by which addresses are known again."""

    vault: Vault
    judging: JudgingKey
    addresses: bytes
    trusted_proxies: tuple[Network, ...] = ()

    def source(self, request: Request) -> bytes:
        """Return where a request comes from, in a form that nobody can read back."""
        peer = request.client.host if request.client else None
        forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
        return address_digest(
            self.addresses, client_address(peer, forwarded, self.trusted_proxies)
        )


async def reception_of(request: Request) -> Reception:
    """Return what this application takes files in with."""
    found: Reception = request.app.state.reception
    return found
