"""Programs nobody here wrote, run against the running stack."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import STDOUT, Popen

import httpx
import pytest

from deploy.local.run import known
from deploy.local.stack import Stack

EXAMPLES = int(os.environ.get("SUITE_EXAMPLES", "3"))
# Content alone has 180 operations, each asked in some fifty wrong ways.
pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.timeout(400 * (1 + EXAMPLES // 10))]

CONFIGURATION = Path(__file__).parents[1] / "suites" / "schemathesis.toml"
MEDIA_TYPES = {"SCHEMATHESIS_HOOKS": str(CONFIGURATION.with_name("media_types.py"))}
SERVICES = ("content", "interaction", "audit")


@dataclass
class Schemathesis:
    """A run of schemathesis that has begun, and the file where it tells what it finds."""

    process: Popen[bytes]
    told: Path

    def finds_no_fault(self) -> None:
        assert self.process.wait() == 0, self.told.read_text()[-4000:]


def begin(folder: Path, address: str, *options: str) -> Schemathesis:
    program = str(Path(sys.executable).parent / "schemathesis")
    command = [program, "--config-file", str(CONFIGURATION), "run", address, "--seed", "1"]
    told = folder / "told"
    with told.open("wb") as output:
        process = Popen(
            [*command, "--max-examples", str(EXAMPLES), *options],
            stdout=output,
            stderr=STDOUT,
            cwd=folder,
            env=os.environ | MEDIA_TYPES,
        )
    return Schemathesis(process, told)


@pytest.fixture(scope="module")
def runs(
    stack: Stack, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Schemathesis]]:
    """Runs on every process at once, for each waits half of its time to be answered."""
    addresses = known(stack.home)["addresses"]
    runs = {
        name: begin(tmp_path_factory.mktemp(name), f"{addresses[name]}/openapi.json")
        for name in SERVICES
    }
    runs["gateway"] = begin(
        tmp_path_factory.mktemp("gateway"),
        f"{addresses['gateway']}/graphql",
        *("-H", f"Authorization: Bearer {access_token(stack)}"),
        # GraphQL has no type for a site code or a cursor: what fits String may still be refused.
        *("--exclude-checks", "positive_data_acceptance"),
    )
    yield runs
    for run in runs.values():
        run.process.kill()
        run.process.wait()


def access_token(stack: Stack) -> str:
    run = known(stack.home)
    form = {
        "grant_type": "password",
        "username": "editor-340321",
        "password": run["accounts"]["editor-340321"],
    }
    answer = httpx.post(f"{run['addresses']['content']}/v1/auth/token", data=form)
    return str(answer.json()["access_token"])


@pytest.mark.parametrize("service", SERVICES)
def test_schemathesis_finds_no_fault_in_a_service(
    runs: dict[str, Schemathesis], service: str
) -> None:
    runs[service].finds_no_fault()


def test_schemathesis_finds_no_fault_in_the_gateway(runs: dict[str, Schemathesis]) -> None:
    runs["gateway"].finds_no_fault()
