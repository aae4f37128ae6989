import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from deploy.local.demonstration.answering import MOBILE, RELATIVE
from deploy.local.run import known, walk
from deploy.local.stack import Stack

pytestmark = pytest.mark.xdist_group("stack")

OTHER = """五河县人民政府关于加强冬季供暖保障工作的通知

五政〔2026〕18号

各乡、镇人民政府，县政府各部门：
    为做好冬季供暖保障工作，现将有关事项通知如下。
    一、加强供暖设施巡检，及时处置群众反映的问题。

五河县人民政府
2026年11月12日
"""


def test_the_main_job_walks_end_to_end_on_a_real_document(story: str) -> None:
    assert story.endswith("All 22 steps done.")
    for promise in (
        "蚌政办秘〔2017〕97号",
        "the same person trying both reviews is refused",
        "one atomic release",
        "answered 304",
        "怀远县 accepts",
        "五河县 declines",
        "固镇县 lets the deadline pass",
        "signed webhook",
        "personal data removed",
        "every point explained",
        "the policy is withdrawn",
        "none with a row changed, removed or moved",
    ):
        assert promise in story


async def test_it_can_be_walked_again_on_another_document(stack: Stack, tmp_path: Path) -> None:
    document = tmp_path / "other.txt"
    document.write_text(OTHER, "utf-8")
    told: list[str] = []
    await walk(stack.home, document, told.append)
    assert "五政〔2026〕18号" in "\n".join(told)


async def test_nothing_personal_reaches_a_log_or_the_trail(stack: Stack, story: str) -> None:
    assert story
    logs = "".join(log.read_text("utf-8") for log in (stack.home / "logs").glob("*.log"))
    assert '"event": "request"' in logs
    audit = known(stack.home)["addresses"]["audit"]
    async with httpx.AsyncClient() as http:
        trail = (await http.get(f"{audit}/v1/public/trail/export")).text
    assert "interaction.letter.received" in trail
    for secret in (MOBILE, RELATIVE, "张小明", "小学"):
        assert secret not in logs
        assert secret not in trail


async def test_the_command_line_verifies_an_exported_trail(
    stack: Stack, story: str, tmp_path: Path
) -> None:
    assert story
    audit = known(stack.home)["addresses"]["audit"]
    files = {name: tmp_path / name for name in ("checkpoint", "key", "export")}
    async with httpx.AsyncClient() as http:
        note = (await http.get(f"{audit}/v1/public/trail/checkpoint")).text
        files["checkpoint"].write_text(note)
        files["key"].write_text((await http.get(f"{audit}/v1/public/trail/key")).text)
        size = note.splitlines()[1]
        export = (await http.get(f"{audit}/v1/public/trail/export?size={size}")).text
    files["export"].write_text(export)
    command = [sys.executable, "-m", "deploy.command_line", "verify-trail"]
    for name, file in files.items():
        command += [f"--{name}", str(file)]
    assert subprocess.run(command, check=False).returncode == 0
    files["export"].write_text(export.replace('"time":"2', '"time":"3', 1))
    assert subprocess.run(command, check=False).returncode == 1


def test_a_crashed_process_is_named_and_started_again(
    stack: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    child = stack.children["audit-worker"]
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    stack.restart_crashed()
    assert "audit-worker stopped by itself (exit -9)" in capsys.readouterr().out
    address = known(stack.home)["addresses"]["audit-worker"]
    limit = time.monotonic() + 20
    while time.monotonic() < limit:
        try:
            if httpx.get(f"{address}/readyz").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the audit worker did not come back")
