"""What the local processes are told: addresses and this machine's own demonstration secrets."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from deploy.processes import ALL, GATEWAY, SERVICES, named
from shared.settings import DEMONSTRATION

HEX_SECRETS = (
    "ZHENGBU_CONTENT_SIGNING_KEY",
    "ZHENGBU_CONTENT_STATEMENT_KEY",
    "ZHENGBU_AUDIT_CHECKPOINT_KEY",
)
SECRETS = (
    *HEX_SECRETS,
    "ZHENGBU_CURSOR_KEY",
    "ZHENGBU_CONTENT_FOUNDING_SECRET",
    "ZHENGBU_CONTENT_SUBSCRIPTION_KEY",
    "ZHENGBU_CONTENT_CHANNEL_KEY",
    "ZHENGBU_INTERACTION_LETTER_KEY",
    "ZHENGBU_INTERACTION_SURVEY_KEY",
    "ZHENGBU_INTERACTION_ATTACHMENT_KEY",
)


def port_of(name: str) -> int:
    """Return where a process listens: its own port, or the one `ZHENGBU_<NAME>_PORT` names."""
    setting = f"ZHENGBU_{name.upper().replace('-', '_')}_PORT"
    return int(os.environ.get(setting, named(name).port))


def address_of(name: str) -> str:
    """Return a process's local address."""
    return f"http://127.0.0.1:{port_of(name)}"


def addresses() -> dict[str, str]:
    """Return every process's local address."""
    return {process.name: address_of(process.name) for process in ALL}


def environment(home: Path, postgres: str, nats: str) -> dict[str, str]:
    """Return the variables of every local process; a variable already set is left alone."""
    told = {
        "ZHENGBU_ENVIRONMENT": "development",
        "ZHENGBU_NATS_URL": nats,
        "ZHENGBU_JWKS_URL": f"{address_of('content')}/.well-known/jwks.json",
        "ZHENGBU_CONTENT_FILES": str((home / "files").absolute()),
        "ZHENGBU_INTERACTION_FILES": str((home / "letter-files").absolute()),
        "ZHENGBU_CONTENT_PUBLIC_ADDRESS": address_of("content"),
        "ZHENGBU_CONTENT_OUTBOUND_NETWORKS": '["127.0.0.0/8"]',
        "ZHENGBU_CONTENT_READ_LINKS": "false",
    }
    for service in SERVICES:
        told[f"ZHENGBU_{service.upper()}_DATABASE_URL"] = f"{postgres}/zhengbu_{service}"
        told[f"ZHENGBU_{GATEWAY.name.upper()}_{service.upper()}_URL"] = address_of(service)
    return {**os.environ, **secrets_of(home), **told, **_given()}


def _given() -> Mapping[str, str]:
    return {name: value for name, value in os.environ.items() if name.startswith("ZHENGBU_")}


def secrets_of(home: Path) -> dict[str, str]:
    """Return this folder's secrets, made by chance once; production refuses them by their name."""
    file = home / "secrets.json"
    known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    if missing := [name for name in SECRETS if name not in known]:
        known |= {name: DEMONSTRATION + secrets.token_hex(32) for name in missing}
        file.touch(mode=0o600)
        file.write_text(json.dumps(known, indent=1))
    return known
