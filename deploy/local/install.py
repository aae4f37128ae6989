"""Build .venv from the lock; standard library only, for it runs before anything is installed.

It must also be readable by Pythons too old for the rest, to tell them so.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
VENV = Path(".venv")
LOCK = Path("requirements.lock")
MARK = VENV / "installed-from"
PIP = ("-m", "pip", "install", "-q", "--disable-pip-version-check", "--progress-bar", "off")


def fail(message: str, cure: str) -> None:
    """Stop with what is wrong and what helps."""
    sys.stderr.write(f"\n  {message}\n  Cure: {cure}\n\n")
    raise SystemExit(1)


def check_python() -> None:
    """Refuse a Python that is too old."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:2]))
        fail(
            f"This is Python {found}; Zhengbu needs 3.11 or newer.",
            "install a newer Python, then `make PYTHON=python3.11 run`.",
        )


def make_environment() -> None:
    """Make an empty environment; some systems ship Python without the means to."""
    try:
        import venv  # noqa: PLC0415  # on some systems this is what fails

        venv.create(VENV, with_pip=True, clear=True)
    except (ImportError, subprocess.CalledProcessError, OSError) as fault:
        fail(
            f"This Python cannot make an environment ({fault}).",
            "on Debian and Ubuntu `apt-get install python3-venv`; elsewhere install Python's"
            " standard library whole.",
        )


def install() -> None:
    """Install what the lock names, by hash, unless that is what stands there already."""
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if MARK.exists() and MARK.read_text() == wanted:
        return
    print(f"Making {VENV} ...", flush=True)
    make_environment()
    print(f"Installing what {LOCK} names; a minute or two the first time ...", flush=True)
    python = str(VENV / "bin" / "python")
    for what in (
        ["--require-hashes", "-r", str(LOCK)],
        ["--no-deps", "--no-build-isolation", "-e", "."],
    ):
        if subprocess.call([python, *PIP, *what]) != 0:
            fail("The packages could not be installed.", "see what pip said above.")
    MARK.write_text(wanted)


if __name__ == "__main__":
    check_python()
    install()
