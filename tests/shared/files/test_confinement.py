import sys
import time
from pathlib import Path

import pytest

from shared.contracts.assets import AssetKind, RefusalReason
from shared.files.adapters import opening
from shared.files.adapters.confinement import confine
from shared.files.limits import Confinement
from tests.support import papers

TIGHT = Confinement(seconds=20, memory_mib=300, file_mib=1)


async def ran(folder: Path, code: str, limits: Confinement = TIGHT) -> tuple[bool, str]:
    return await confine([sys.executable, "-c", code], folder, limits)


async def test_a_program_runs_in_its_folder_and_its_last_words_are_kept(tmp_path: Path) -> None:
    code = "import os, sys; print('x' * 200_000, os.getcwd(), file=sys.stderr)"
    succeeded, told = await ran(tmp_path, code)
    assert succeeded
    assert told.endswith(f"x {tmp_path}\n")
    assert len(told) < 100_000


@pytest.mark.parametrize(
    "code",
    [
        "bytearray(400 * 1024 * 1024)",
        "open('large', 'wb').write(bytes(2 * 1024 * 1024))",
        "[open('/dev/null') for _ in range(100)]",
        "import os; os.abort()",
    ],
)
async def test_a_program_cannot_take_more_than_its_share(tmp_path: Path, code: str) -> None:
    assert not (await ran(tmp_path, code))[0]


async def test_a_program_that_does_not_end_is_ended_with_its_children(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "open('child', 'w').write(str(child.pid))\n"
        "time.sleep(60)"
    )
    begun = time.monotonic()
    assert await ran(tmp_path, code, TIGHT.model_copy(update={"seconds": 1})) == (
        False,
        "out of time",
    )
    assert time.monotonic() - begun < 20
    assert not _runs((tmp_path / "child").read_text())


def _runs(process: str) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().split()[2]
    except FileNotFoundError:
        return False
    return state != "Z"


async def test_a_program_is_told_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGBU_CONTENT_DATABASE_URL", "secret")
    _, told = await ran(tmp_path, "import os, sys; print(*os.environ.values(), file=sys.stderr)")
    assert "secret" not in told


async def test_a_file_that_brings_its_reader_down_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, made = tmp_path / "source", tmp_path / "made"
    made.mkdir()
    source.write_bytes(papers.docx())
    assert (await opening.look(source, "a.docx", made)).kind is AssetKind.DOCX
    monkeypatch.setattr(opening.workbench, "__name__", "no.such.workbench")
    found = await opening.look(source, "a.docx", made)
    assert found.dangers == [RefusalReason.UNREADABLE]
    assert await opening.read(source, AssetKind.DOCX, made) == ("", False)
    assert await opening.draw(source, AssetKind.PNG, made) == []
