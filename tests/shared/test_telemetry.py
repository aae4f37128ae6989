import json
import subprocess
import sys
from typing import Any

import pytest

SECRET = "340303199003070073"  # noqa: S105  # what must not be logged
PREAMBLE = """
from shared.telemetry import configure, log, request_id
configure("desk", "INFO")
"""


def log_of(body: str) -> list[dict[str, Any]]:
    """Run some lines in a process that logs as ours do; return what it wrote."""
    program = PREAMBLE + body
    done = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


FAILING = f"""
def write(letter):
    copy = letter
    raise ArithmeticError("no")

try:
    write("{SECRET[:9]}" + "{SECRET[9:]}")
except ArithmeticError:
    log.exception("failed")
"""


def test_a_traceback_in_the_log_tells_where_and_never_what() -> None:
    [line] = log_of(FAILING)
    trace = json.dumps(line)
    assert "ArithmeticError" in trace
    assert "write" in trace
    assert SECRET not in trace


def test_a_line_names_process_level_time_and_keeps_chinese_readable() -> None:
    [line] = log_of("log.info('started', town='蚌埠')")
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "started", "level": "info", "process": "desk", "town": "蚌埠"}


def test_what_is_below_the_level_is_not_written() -> None:
    assert log_of("log.debug('detail')") == []


@pytest.mark.parametrize("bound", ["7", ""])
def test_the_request_id_is_that_of_the_request_being_served(bound: str) -> None:
    body = "from structlog.contextvars import bound_contextvars\n"
    body += f"with bound_contextvars(request_id='{bound}'): log.info(request_id())\n"
    body += "log.info(request_id())"
    inside, outside = log_of(body)
    assert (inside["event"], inside["request_id"], outside["event"]) == (bound, bound, "")
