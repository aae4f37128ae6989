"""Asking clamd about a file, in its INSTREAM protocol."""

import asyncio
import struct
from pathlib import Path

BLOCK = 64 * 1024
PATIENCE = 300.0
FOUND = "FOUND"


class ScannerAway(Exception):
    """The virus scanner did not answer, or not whether the file is clean."""


async def ask(address: str, file: Path) -> bool:
    """Return whether the scanner finds the file clean; anything but a clear answer is none."""
    answer = await _exchange(address, b"zINSTREAM\0", file)
    if answer == "stream: OK":
        return True
    if answer.startswith("stream: ") and answer.endswith(FOUND):
        return False
    raise ScannerAway(answer)


async def name(address: str) -> str:
    """Return what the scanner calls itself, with its version and that of its signatures."""
    return (await _exchange(address, b"zVERSION\0", None))[:200]


async def _exchange(address: str, command: bytes, file: Path | None) -> str:
    host, _, port = address.rpartition(":")
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(host.strip("[]"), int(port))
            try:
                writer.write(command)
                if file is not None:
                    await _send(writer, file)
                await writer.drain()
                return (await reader.read(BLOCK)).decode("utf-8", "replace").rstrip("\0\n")
            finally:
                writer.close()
    except (OSError, TimeoutError) as fault:
        raise ScannerAway(repr(fault)) from fault


async def _send(writer: asyncio.StreamWriter, file: Path) -> None:
    with file.open("rb") as stream:
        while block := stream.read(BLOCK):
            writer.write(struct.pack(">I", len(block)) + block)
            await writer.drain()
    writer.write(struct.pack(">I", 0))
