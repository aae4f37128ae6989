"""Programs nobody here wrote, run against the running stack."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from deploy.local.run import known
from deploy.local.stack import Stack

pytestmark = pytest.mark.xdist_group("stack")

CONFIGURATION = Path(__file__).parents[1] / "suites" / "schemathesis.toml"
MEDIA_TYPES = {"SCHEMATHESIS_HOOKS": str(CONFIGURATION.with_name("media_types.py"))}


def schemathesis(stack: Stack, address: str, *options: str) -> None:
    program = str(Path(sys.executable).parent / "schemathesis")
    command = [program, "--config-file", str(CONFIGURATION), "run", address, "--seed", "1"]
    done = subprocess.run(
        [*command, "--max-examples", "3", *options],
        capture_output=True,
        text=True,
        check=False,
        cwd=stack.home,
        env=os.environ | MEDIA_TYPES,
    )
    assert done.returncode == 0, done.stdout[-4000:]


@pytest.mark.timeout(400)  # content alone has 180 operations, each asked in some fifty wrong ways
@pytest.mark.parametrize("service", ["content", "interaction", "audit"])
def test_schemathesis_finds_no_fault_in_a_service(stack: Stack, service: str) -> None:
    schemathesis(stack, known(stack.home)["addresses"][service] + "/openapi.json")


def test_schemathesis_finds_no_fault_in_the_gateway(stack: Stack) -> None:
    run = known(stack.home)
    form = {
        "grant_type": "password",
        "username": "editor-340321",
        "password": run["accounts"]["editor-340321"],
    }
    answer = httpx.post(f"{run['addresses']['content']}/v1/auth/token", data=form).json()
    schemathesis(
        stack,
        f"{run['addresses']['gateway']}/graphql",
        *("-H", f"Authorization: Bearer {answer['access_token']}"),
        # GraphQL has no type for a site code or a cursor: what fits String may still be refused.
        *("--exclude-checks", "positive_data_acceptance"),
    )
