"""Keeping what was measured, with the circumstances it was measured in."""

import json
import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shared.db import utc_now

RESULTS = Path("bench/results")


def circumstances() -> dict[str, Any]:
    """Return when and on what is measured, before anything is."""
    return {
        "at": utc_now().isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, {os.cpu_count()} processors",
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def keep_found(name: str, found: Mapping[str, Any]) -> None:
    """Print what was found and keep it."""
    told = {**found, "load_after": round(os.getloadavg()[0], 2)}
    written = json.dumps(told, ensure_ascii=False, indent=2)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(written + "\n")
    print(written)  # noqa: T201  # its output
