"""The whole of Zhengbu on one machine: started, watched, and stopped as one."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import httpx
from alembic.util import CommandError

from deploy.local.environment import address_of, environment, port_of
from deploy.local.servers import Server, start_nats, start_postgres
from deploy.processes import ALL, SERVICES
from shared.migration import upgrade

READY_LIMIT = 60
RESTART_PAUSE = 1.0
OURS = ("deploy.command_line", "nats-server")  # PostgreSQL looks after its own


class CannotStart(Exception):  # it says what is in the way
    """Something on this machine keeps the stack from starting; the message names the cure."""


def say(line: str) -> None:
    """Tell the person who started it."""
    print(line, flush=True)


@dataclass
class Stack:
    """The running servers and processes of one folder."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)
    servers: list[Server] = field(default_factory=list)
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self) -> None:
        """Start everything in order, or explain what is in the way and leave nothing running."""
        self.home.mkdir(exist_ok=True)
        self._end_strays()
        check_ports()
        (self.home / "logs").mkdir(exist_ok=True)
        postgres = os.environ.get("ZHENGBU_POSTGRES_URL") or self._server("PostgreSQL")
        nats = os.environ.get("ZHENGBU_NATS_URL") or self._server("NATS")
        self.environment = environment(self.home, postgres.rstrip("/"), nats)
        say("Bringing the databases up to date ...")
        for service, url in self.databases().items():
            asyncio.run(create_database(url))
            try:
                upgrade(service, url)
            except CommandError as fault:
                raise CannotStart(
                    f"The {service} database was made by another version ({fault}).\n"
                    f"  Cure: remove {self.home}, which holds only a demonstration."
                ) from fault
        say("Starting the services ...")
        for process in ALL:
            self._spawn(process.name)
        self._note_ours()
        self._await_ready()

    def _note_ours(self) -> None:
        running = [*self.children.values(), *(server.process for server in self.servers)]
        pids = [os.getpid(), *(process.pid for process in running)]
        (self.home / "pids").write_text("\n".join(map(str, pids)))

    def _end_strays(self) -> None:
        """End what an earlier run left behind when it was killed outright; spare one that runs."""
        noted = self.home / "pids"
        supervisor, *rest = noted.read_text().split() if noted.exists() else [""]
        if "zhengbu run" in _command(supervisor):
            raise CannotStart(
                f"Zhengbu already runs here, as process {supervisor}.\n"
                f"  Cure: use it (addresses in {self.home / 'run.json'}), or stop it with Ctrl-C."
            )
        for pid in rest:
            if any(program in _command(pid) for program in OURS):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)

    def databases(self) -> dict[str, str]:
        """Return the address of each service's database."""
        return {
            service: self.environment[f"ZHENGBU_{service.upper()}_DATABASE_URL"]
            for service in SERVICES
        }

    def _server(self, name: str) -> str:
        say(f"Starting {name} ...")
        start = {"PostgreSQL": start_postgres, "NATS": start_nats}[name]
        self.servers.append(start(self.home / name.lower()))
        return self.servers[-1].url

    def _spawn(self, name: str) -> None:
        verb = (
            ["work", name.removesuffix("-worker")] if name.endswith("-worker") else ["serve", name]
        )
        command = [sys.executable, "-m", "deploy.command_line", *verb]
        with (self.home / "logs" / f"{name}.log").open("ab") as log:
            self.children[name] = subprocess.Popen(
                [*command, "--port", str(port_of(name))],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _await_ready(self) -> None:
        limit = time.monotonic() + READY_LIMIT
        waiting = [process.name for process in ALL]
        while waiting:
            waiting = [name for name in waiting if not _is_ready(name)]
            self.restart_crashed()
            if time.monotonic() > limit:
                logs = ", ".join(str(self.home / "logs" / f"{name}.log") for name in waiting)
                raise CannotStart(f"Not ready after {READY_LIMIT} s; see {logs}.")
            time.sleep(0.1)

    def restart_crashed(self) -> None:
        """Name and start again whatever stopped without being asked."""
        for name, child in list(self.children.items()):
            if (code := child.poll()) is not None:
                say(f"! {name} stopped by itself (exit {code}); starting it again.")
                time.sleep(RESTART_PAUSE)
                self._spawn(name)
                self._note_ours()

    def watch(self) -> None:
        """Keep everything running until Ctrl-C."""
        while True:
            self.restart_crashed()
            time.sleep(0.5)

    def stop(self) -> None:
        """Stop every process, then the servers."""
        for child in self.children.values():
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
        for child in self.children.values():
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        for server in reversed(self.servers):
            server.stop()
        if self.children:
            (self.home / "pids").unlink(missing_ok=True)


def check_ports() -> None:
    """Refuse to start where somebody else listens, and say how to go elsewhere."""
    for process in ALL:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port_of(process.name)))
            except OSError:
                setting = f"ZHENGBU_{process.name.upper().replace('-', '_')}_PORT"
                raise CannotStart(
                    f"Port {port_of(process.name)}, where {process.name} listens, is in use.\n"
                    f"  Cure: stop what uses it, or choose another: {setting}=9000 make run"
                ) from None


async def create_database(url: str) -> None:
    """Create the database a service's address names, unless it is there."""
    server, _, name = url.replace("+asyncpg", "").rpartition("/")
    connection = await asyncpg.connect(f"{server}/postgres", timeout=10)
    try:
        known = await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name)
        if not known:
            await connection.execute(f'CREATE DATABASE "{name}"')
    finally:
        await connection.close()


def _is_ready(name: str) -> bool:
    try:
        return httpx.get(f"{address_of(name)}/readyz", timeout=2).is_success
    except httpx.HTTPError:
        return False


def _command(pid: str) -> str:
    """Return what a process runs, or nothing if there is none."""
    asked = ["ps", "-o", "command=", "-p", pid]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout if pid else ""
