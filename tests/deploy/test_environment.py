import re

import pytest

from deploy.processes import ALL, SERVICES
from gateway.settings import GatewaySettings
from services.audit.settings import AuditSettings, AuditWorkerSettings
from services.content.settings import ContentSettings, ContentWorkerSettings
from services.interaction.settings import InteractionSettings, InteractionWorkerSettings
from shared.settings import Settings
from tests.deploy.rendering import (
    MANIFESTS,
    Object,
    container,
    labels,
    named,
    of_kind,
    overlay,
)

SECRET = "5f" * 32
SETTINGS: dict[str, type[Settings]] = {
    "content": ContentSettings,
    "content-worker": ContentWorkerSettings,
    "interaction": InteractionSettings,
    "interaction-worker": InteractionWorkerSettings,
    "audit": AuditSettings,
    "audit-worker": AuditWorkerSettings,
    "gateway": GatewaySettings,
}


def variables(workload: Object) -> dict[str, Object]:
    return {variable["name"]: variable for variable in container(workload)["env"]}


def secrets(workload: Object) -> dict[str, str]:
    """Return the Secret that each secret variable comes from."""
    return {
        name: variable["valueFrom"]["secretKeyRef"]["name"]
        for name, variable in variables(workload).items()
        if "valueFrom" in variable
    }


def variables_of(kind: type[Settings]) -> set[str]:
    prefix = kind.model_config["env_prefix"]
    return {
        str(field.validation_alias or prefix + name.upper())
        for name, field in kind.model_fields.items()
    }


@pytest.mark.parametrize("process", SETTINGS)
def test_a_process_is_told_what_its_settings_ask_for_and_nothing_else(
    objects: tuple[Object, ...], process: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = variables(named(objects, "Deployment")[process])
    kind = SETTINGS[process]
    for known in set().union(*map(variables_of, SETTINGS.values())):
        monkeypatch.delenv(known, raising=False)
    for name, variable in told.items():
        monkeypatch.setenv(name, variable.get("value", SECRET))
    assert kind().environment == "production"
    assert told.keys() <= variables_of(kind)


def test_nobody_is_left_with_an_address_meant_for_one_machine(objects: tuple[Object, ...]) -> None:
    told = {name: variables(process) for name, process in named(objects, "Deployment").items()}
    for service in SERVICES:
        assert "ZHENGBU_NATS_URL" in told[f"{service}-worker"]
        assert f"ZHENGBU_GATEWAY_{service.upper()}_URL" in told["gateway"]
        assert ("ZHENGBU_JWKS_URL" in told[service]) is (service != "content")


def test_a_process_reads_the_secret_of_its_own_service_alone(
    objects: tuple[Object, ...],
) -> None:
    for workload in of_kind(objects, "Deployment", "Job"):
        assert set(secrets(workload).values()) <= {labels(workload)["app.kubernetes.io/name"]}
    assert secrets(named(objects, "Deployment")["gateway"]) == {}


def test_secrets_are_named_and_never_contained(objects: tuple[Object, ...]) -> None:
    assert not list(of_kind(objects, "Secret", "ConfigMap"))
    for workload in of_kind(objects, "Deployment", "Job"):
        for name, variable in variables(workload).items():
            if re.search(r"KEY|SECRET|DATABASE|NATS", name):
                assert variable["valueFrom"]["secretKeyRef"]["key"] == name


@pytest.mark.parametrize("service", SERVICES)
def test_the_readme_names_the_keys_of_each_secret(service: str) -> None:
    asked = {
        name
        for workload in of_kind(overlay("production"), "Deployment", "Job")
        for name, secret in secrets(workload).items()
        if secret == service
    }
    (row,) = re.findall(
        rf"^\| `{service}` \| (.+) \|$", (MANIFESTS / "README.md").read_text(), re.MULTILINE
    )
    assert set(re.findall(r"`(\w+)`", row)) == asked


def test_a_migration_is_told_its_database_alone(objects: tuple[Object, ...]) -> None:
    for service in SERVICES:
        (job,) = (job for name, job in named(objects, "Job").items() if service in name)
        assert container(job)["args"] == ["migrate", service]
        assert secrets(job) == {f"ZHENGBU_{service.upper()}_DATABASE_URL": service}


def test_every_address_a_process_is_told_leads_to_a_process(objects: tuple[Object, ...]) -> None:
    services, processes = named(objects, "Service"), {process.name: process for process in ALL}
    for process in of_kind(objects, "Deployment"):
        for name, variable in variables(process).items():
            if name.endswith("_URL") and "value" in variable:
                host, port = re.findall(r"^http://(\w+):(\d+)", variable["value"])[0]
                (listening,) = services[host]["spec"]["ports"]
                assert listening == {"name": "http", "port": int(port), "targetPort": "http"}
                assert processes[host].port == int(port)
