"""A virus scanner on the loopback."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class Clamd:
    """A loopback server that speaks clamd's protocol and finds what it is told to find."""

    port: int = 0
    answer: bytes = b"stream: OK\0"
    scanned: list[bytes] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if await reader.readuntil(b"\0") == b"zVERSION\0":
            writer.write(b"ClamAV 1.4.3/27800/Mon Mar  2 08:00:00 2026\0")
        else:
            data = b""
            while size := struct.unpack(">I", await reader.readexactly(4))[0]:
                data += await reader.readexactly(size)
            self.scanned.append(data)
            writer.write(self.answer)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def listening() -> AsyncIterator[Clamd]:
    """A scanner while it is there."""
    scanner = Clamd()
    server = await asyncio.start_server(scanner.serve, "127.0.0.1", 0)
    scanner.port = server.sockets[0].getsockname()[1]
    async with server:
        yield scanner
