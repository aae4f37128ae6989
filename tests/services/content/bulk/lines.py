"""Files to import, and the people they need."""

import json
from pathlib import Path
from typing import Any

from services.content.bulk.adapters.importing import Asked, Tally, import_file
from shared.db import Sessions, utc_now
from tests.factories.content import SITE, Group
from tests.services.content.staff.office import admit

SITE_LINE = {
    "type": "site",
    "id": "old-site",
    "code": SITE,
    "name": f"网站{SITE}",
    "domain": f"www.s{SITE}.gov.cn",
    "level": "city",
    "region": SITE[:6],
    "supervising": "340300",
    "sponsoring": "340300-zfb",
    "operating": "340300-zfb",
}
COLUMN_LINES = [
    {"type": "column", "id": kind, "site": "old-site", "name": kind, "kind": kind}
    for kind in ("news", "policies", "interpretations")
]
HEAD = [SITE_LINE, *COLUMN_LINES]


def item(number: int, **fields: Any) -> dict[str, Any]:
    said = {
        "type": "item",
        "id": f"old-{number}",
        "column": "news",
        "kind": "news",
        "title": f"关于做好第{number}项工作的通知",
        "body": "各县、区人民政府：现将有关事项通知如下。",
        "source": "蚌埠市人民政府办公室",
        "published_on": "2015-03-02",
    }
    return {**said, **fields}


def file(called: str, **fields: Any) -> dict[str, Any]:
    """The line of a file that is called as it lies."""
    said = {"type": "file", "id": called, "site": "old-site", "path": f"files/{called}"}
    return {**said, **fields}


def lay(folder: Path, **files: bytes) -> None:
    """Put files below the folder of the lines; an underscore stands for the dot of a name."""
    (folder / "files").mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / "files" / name.replace("_", ".")).write_bytes(data)


def write(path: Path, *lines: Any) -> Path:
    """A file of these objects; what is bytes already stands as it is."""
    raw = [
        line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode()
        for line in lines
    ]
    path.write_bytes(b"\n".join(raw) + b"\n")
    return path


def asked(path: Path, **options: Any) -> Asked:
    told = {"errors": path.with_suffix(".errors"), "ids": path.with_suffix(".ids")}
    who = {"vouched_by": "zhang", "registered_by": "admin", "source": "old", "workers": 0}
    return Asked(file=path, **{**told, **who, **options})


async def take_in(sessions: Sessions, path: Path, **options: Any) -> Tally:
    return await import_file(sessions, utc_now, asked(path, **options))


def told(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def errors(path: Path) -> list[tuple[int, str, str]]:
    found = told(path.with_suffix(".errors"))
    assert all(one["detail"] for one in found)
    return [(one["line"], one["pointer"], one["code"]) for one in found]


def ids(path: Path) -> dict[str, str]:
    return {one["id"]: one["is_now"] for one in told(path.with_suffix(".ids"))}


async def leader(group: Group, login: str = "zhang", at: str = "340300-zfb") -> Any:
    return await admit(group, login, "leader", at=at, of=at)
