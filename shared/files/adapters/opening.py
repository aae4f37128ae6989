"""Opening a stranger's file at the workbench: what it is, how it looks, what it says."""

import json
import sys
from pathlib import Path
from typing import Any

from shared.contracts.assets import AssetKind, RefusalReason, Use
from shared.files.adapters import workbench
from shared.files.adapters.confinement import confine
from shared.files.extraction import Extracted
from shared.files.limits import limits
from shared.files.scanning import Scan

UNOPENED = Scan(None, [RefusalReason.UNREADABLE])


async def look(source: Path, name: str, folder: Path) -> Scan:
    """Return what a file is; one that cannot be looked into within the limits is refused."""
    found = await _at_workbench("look", source, name, folder)
    if found is None:
        return UNOPENED
    kind = AssetKind(found.pop("kind")) if found["kind"] else found.pop("kind")
    dangers = [RefusalReason(reason) for reason in found.pop("dangers")]
    return Scan(kind, dangers, **found)


async def draw(source: Path, kind: AssetKind, folder: Path) -> list[dict[str, Any]]:
    """Write an image's forms into `folder` and return what they are; none if it cannot be."""
    made = await _at_workbench("draw", source, kind, folder)
    return [{**form, "use": Use(form["use"])} for form in made or ()]


async def read(source: Path, kind: AssetKind, folder: Path) -> Extracted:
    """Return a document's text; one that brings its reader down has none that is complete."""
    found = await _at_workbench("read", source, kind, folder)
    return Extracted(**found) if found else Extracted("", complete=False)


async def _at_workbench(act: str, source: Path, about: str, folder: Path) -> Any:
    command = [sys.executable, "-P", "-m", workbench.__name__, act, str(source), about]
    ended = await confine(command, folder, limits().reading)
    result = folder / workbench.RESULT
    if not ended.succeeded:
        return None
    return json.loads(result.read_text("utf-8"))
