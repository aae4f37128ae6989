import json
import re
import tomllib
from itertools import takewhile

from deploy.processes import ALL
from tests.deploy.rendering import ROOT, container, of_kind, overlay, pod

TEXT = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
INSTRUCTIONS = [
    (line.split()[0], " ".join(line.split()[1:]))
    for line in TEXT.splitlines()
    if line and not line.startswith("#")
]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
KEPT = [
    line.removeprefix("!")
    for line in (ROOT / ".dockerignore").read_text().splitlines()
    if line.startswith("!")
]


def said(instruction: str) -> list[str]:
    return [value for name, value in INSTRUCTIONS if name == instruction]


def final_stage() -> list[tuple[str, str]]:
    return list(takewhile(lambda said: said[0] != "FROM", reversed(INSTRUCTIONS)))[::-1]


def copied() -> list[str]:
    """Return what the build takes from the repository."""
    sources = (value.split()[:-1] for value in said("COPY") if not value.startswith("--from"))
    return [source.removeprefix("./") for group in sources for source in group]


def test_the_image_runs_as_the_person_the_manifests_name() -> None:
    *_, user = [value for name, value in final_stage() if name == "USER"]
    person, group = map(int, user.split(":"))
    assert person > 0
    for workload in of_kind(overlay("production"), "Deployment", "Job"):
        context = pod(workload)["securityContext"]
        assert (context["runAsUser"], context["runAsGroup"]) == (person, group)


def test_pip_fetches_nothing_that_a_lock_does_not_name() -> None:
    installs = [
        command
        for run in said("RUN")
        for command in run.split("&&")
        if re.search(r"\bpip3? install\b", command)
    ]
    assert len(installs) == 3
    for install in installs:
        assert "--require-hashes" in install or "--no-index" in install
        # Building a package fetches its build tools, past every hash, unless told not to.
        assert "--only-binary=:all:" in install or "--no-build-isolation" in install


def test_the_final_stage_installs_nothing_and_drops_its_build_tools() -> None:
    (run,) = [value for name, value in final_stage() if name == "RUN"]
    assert not re.search(r"\b(apt-get|apk|curl|wget|install)\b", run)
    assert re.search(r"pip uninstall .*\bpip setuptools wheel\b", run)


def test_the_base_has_a_tag_and_room_for_a_digest() -> None:
    assert re.fullmatch(r"BASE=python:3\.\d+-slim", INSTRUCTIONS[0][1])
    assert {value.split()[0] for value in said("FROM")} == {"${BASE}"}


def test_the_build_takes_exactly_what_the_context_keeps() -> None:
    assert sorted(copied()) == sorted(KEPT)
    assert [path for path in copied() if not (ROOT / path).exists()] == []


def test_every_package_of_the_project_is_in_the_image() -> None:
    packages = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert set(packages) <= set(copied())


def test_the_image_starts_the_command_of_the_project() -> None:
    assert json.loads(said("ENTRYPOINT")[0]) == [*PROJECT["project"]["scripts"]]
    assert "command" not in container(next(of_kind(overlay("production"), "Deployment")))


def test_the_image_declares_the_ports_of_the_processes() -> None:
    assert {int(port) for port in said("EXPOSE")[0].split()} == {process.port for process in ALL}


def test_nothing_secret_is_asked_for_while_building() -> None:
    asked = " ".join(said("ARG") + said("ENV") + said("LABEL"))
    assert not re.search(r"(?i)secret|token|password|_key|://", asked)
