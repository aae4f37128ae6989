import tomllib

import kubernetes_validate  # type: ignore[import-untyped]  # it ships no types
import pytest

from deploy.processes import ALL, Process
from tests.deploy.rendering import (
    OVERLAYS,
    ROOT,
    Object,
    container,
    labels,
    named,
    of_kind,
    overlay,
    pod,
    selects,
)

KUBERNETES = "1.37"
ROOMS = {
    "content-worker": {"sizeLimit": "8Gi"},
    "interaction-worker": {"medium": "Memory", "sizeLimit": "512Mi"},
}
PROCESSES = pytest.mark.parametrize("process", ALL, ids=lambda process: process.name)


def test_kubernetes_knows_every_object_and_every_field(objects: tuple[Object, ...]) -> None:
    for thing in objects:
        kubernetes_validate.validate(thing, KUBERNETES, strict=True)


def test_the_deployments_are_the_processes(objects: tuple[Object, ...]) -> None:
    assert set(named(objects, "Deployment")) == {process.name for process in ALL}


@PROCESSES
def test_a_process_is_started_by_name_on_its_own_port(
    objects: tuple[Object, ...], process: Process
) -> None:
    started = container(named(objects, "Deployment")[process.name])
    service = process.name.removesuffix("-worker")
    act = "work" if process.name.endswith("-worker") else "serve"
    assert started["args"] == [act, service, "--host", "0.0.0.0", "--port", str(process.port)]  # noqa: S104  # inside its pod
    assert started["ports"] == [{"name": "http", "containerPort": process.port}]


def test_a_migration_is_named_for_its_release_and_leaves_by_itself(
    objects: tuple[Object, ...],
) -> None:
    for name, job in named(objects, "Job").items():
        _, release = container(job)["image"].rsplit(":", 1)
        assert name == f"migrate-{labels(job)['app.kubernetes.io/name']}-{release}"
        assert job["spec"]["ttlSecondsAfterFinished"] > 0


def test_everything_runs_one_release_the_one_the_project_declares(
    objects: tuple[Object, ...],
) -> None:
    images = {container(thing)["image"] for thing in of_kind(objects, "Deployment", "Job")}
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert images == {f"registry.example/zhengbu:{version}"}


def test_every_pod_is_confined(objects: tuple[Object, ...]) -> None:
    for workload in of_kind(objects, "Deployment", "Job"):
        confined = pod(workload)
        assert confined["automountServiceAccountToken"] is False
        assert confined["enableServiceLinks"] is False
        assert confined["securityContext"] == {
            "runAsNonRoot": True,
            "runAsUser": 10001,
            "runAsGroup": 10001,
            "seccompProfile": {"type": "RuntimeDefault"},
        }
        assert container(workload)["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        room = ROOMS.get(workload["metadata"]["name"], {"sizeLimit": "64Mi"})
        assert confined["volumes"] == [{"name": "tmp", "emptyDir": room}]


def test_every_pod_has_a_share_and_a_bound(objects: tuple[Object, ...]) -> None:
    for workload in of_kind(objects, "Deployment", "Job"):
        resources = container(workload)["resources"]
        assert resources["requests"].keys() == resources["limits"].keys() == {"cpu", "memory"}


def test_every_pod_runs_as_its_service_and_holds_no_token(objects: tuple[Object, ...]) -> None:
    accounts = named(objects, "ServiceAccount")
    for workload in of_kind(objects, "Deployment", "Job"):
        name = pod(workload)["serviceAccountName"]
        assert name == labels(workload)["app.kubernetes.io/name"]
        assert accounts[name]["automountServiceAccountToken"] is False


def test_every_process_is_asked_whether_it_lives_and_whether_it_serves(
    objects: tuple[Object, ...],
) -> None:
    for process in of_kind(objects, "Deployment"):
        asked = {
            probe: container(process)[probe]["httpGet"]
            for probe in ("startupProbe", "livenessProbe", "readinessProbe")
        }
        assert asked == {
            "startupProbe": {"path": "/healthz", "port": "http"},
            "livenessProbe": {"path": "/healthz", "port": "http"},
            "readinessProbe": {"path": "/readyz", "port": "http"},
        }


def test_pods_of_one_process_spread_over_nodes_and_zones(objects: tuple[Object, ...]) -> None:
    for process in of_kind(objects, "Deployment"):
        spreads = pod(process)["topologySpreadConstraints"]
        assert {spread["topologyKey"] for spread in spreads} == {
            "topology.kubernetes.io/zone",
            "kubernetes.io/hostname",
        }
        for spread in spreads:
            assert selects(spread["labelSelector"], labels(process))
            assert set(spread["matchLabelKeys"]) - labels(process).keys() == {"pod-template-hash"}


def test_a_selector_chooses_the_pods_of_one_process(objects: tuple[Object, ...]) -> None:
    workloads = list(of_kind(objects, "Deployment", "Job"))

    def chosen(selector: Object) -> list[str]:
        return [
            thing["metadata"]["name"] for thing in workloads if selects(selector, labels(thing))
        ]

    for thing in of_kind(objects, "Deployment", "PodDisruptionBudget"):
        assert chosen(thing["spec"]["selector"]) == [thing["metadata"]["name"]]
    for service in of_kind(objects, "Service"):
        assert chosen({"matchLabels": service["spec"]["selector"]}) == [
            service["metadata"]["name"]
        ]


def test_a_node_can_always_be_drained(objects: tuple[Object, ...]) -> None:
    budgets = named(objects, "PodDisruptionBudget")
    assert budgets.keys() == named(objects, "Deployment").keys()
    assert {budget["spec"]["maxUnavailable"] for budget in budgets.values()} == {1}


def test_the_public_is_led_to_named_paths_alone(objects: tuple[Object, ...]) -> None:
    (ingress,) = of_kind(objects, "Ingress")
    (rule,) = ingress["spec"]["rules"]
    led = {
        path["path"]: (path["backend"]["service"]["name"], path["backend"]["service"]["port"])
        for path in rule["http"]["paths"]
    }
    assert led == {
        "/graphql": ("gateway", {"name": "http"}),
        "/v1/public/letter-attachments": ("interaction", {"name": "http"}),
        "/v1/public/letters": ("interaction", {"name": "http"}),
        "/v1/public": ("content", {"name": "http"}),
    }
    assert ingress["spec"]["tls"][0]["hosts"] == [rule["host"]]
    assert not rule["host"].endswith(".invalid")


def fewest(objects: tuple[Object, ...]) -> dict[str, int]:
    """Return how many pods of each process run at least."""
    scaled = {
        scaler["spec"]["scaleTargetRef"]["name"]: scaler["spec"]["minReplicas"]
        for scaler in of_kind(objects, "HorizontalPodAutoscaler")
    }
    return {
        name: scaled.get(name, process["spec"].get("replicas", 1))
        for name, process in named(objects, "Deployment").items()
    }


def test_staging_runs_one_of_each() -> None:
    assert set(fewest(overlay("staging")).values()) == {1}


def test_production_runs_at_least_two_of_each() -> None:
    assert min(fewest(overlay("production")).values()) >= 2


def test_nobody_but_the_scaler_says_how_many_run() -> None:
    objects = overlay("production")
    for scaler in of_kind(objects, "HorizontalPodAutoscaler"):
        name = scaler["spec"]["scaleTargetRef"]["name"]
        assert "replicas" not in named(objects, "Deployment")[name]["spec"]


def test_each_overlay_keeps_to_a_namespace_that_refuses_unconfined_pods(
    objects: tuple[Object, ...],
) -> None:
    (namespace,) = of_kind(objects, "Namespace")
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    assert {
        thing["metadata"]["namespace"] for thing in objects if thing["kind"] != "Namespace"
    } == {namespace["metadata"]["name"]}


def test_staging_and_production_live_apart() -> None:
    places = {namespace for name in OVERLAYS for namespace in named(overlay(name), "Namespace")}
    assert places == {"zhengbu-staging", "zhengbu"}
