"""Judging a stranger's file: looked into at the workbench, then asked of the virus scanner."""

from pathlib import Path

from shared.contracts.assets import RefusalReason
from shared.files.adapters import antivirus, opening
from shared.files.scanning import SCANNER, Scan


async def inspect(source: Path, name: str, folder: Path, clamd: str | None) -> tuple[Scan, str]:
    """Return what a file is and what is dangerous in it, and who says so."""
    scan = await opening.look(source, name, folder)
    if scan.dangers or not clamd:
        return scan, SCANNER
    scanner = f"{SCANNER}, {await antivirus.name(clamd)}"
    if await antivirus.ask(clamd, source):
        return scan, scanner
    return scan._replace(dangers=[RefusalReason.VIRUS]), scanner
