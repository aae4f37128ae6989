"""The confined program that opens files: `workbench ACT SOURCE NAME_OR_KIND`.

It writes what it finds into the folder it is started in, as `result.json` and files beside it.
"""

import json
import sys
from pathlib import Path
from typing import Any

from shared.contracts.assets import AssetKind
from shared.files.extraction import extract
from shared.files.limits import limits
from shared.files.rendition import render
from shared.files.scanning import scan

RESULT = "result.json"


def look(source: Path, name: str) -> Any:
    """Tell what a file is and what is dangerous in it."""
    with source.open("rb") as stream:
        return scan(name, source.stat().st_size, stream)._asdict()


def draw(source: Path, kind: str) -> Any:
    """Write the forms in which an image may be shown."""
    made = []
    with source.open("rb") as stream:
        for form in render(AssetKind(kind), stream, limits().image):
            Path(form.name).write_bytes(form.data)
            made.append({key: value for key, value in form._asdict().items() if key != "data"})
    return made


def read(source: Path, kind: str) -> Any:
    """Tell a document's text."""
    with source.open("rb") as stream:
        return extract(AssetKind(kind), stream, limits().document)._asdict()


ACTS = {"look": look, "draw": draw, "read": read}


if __name__ == "__main__":
    act, source, about = sys.argv[1:]
    Path(RESULT).write_text(json.dumps(ACTS[act](Path(source), about)), "utf-8")
