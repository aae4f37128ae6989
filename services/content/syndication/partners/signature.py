"""What proves to a subscriber that a message is ours (Standard Webhooks)."""

import base64
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from standardwebhooks import Webhook


def secret_of(key: str, subscription_id: UUID, generation: int) -> str:
    """Return a subscription's secret, derived from the service's key; rotating adds one."""
    about = f"subscription:{subscription_id}:{generation}".encode()
    derived = HKDF(SHA256(), 32, salt=None, info=about).derive(key.encode())
    return f"whsec_{base64.b64encode(derived).decode()}"


def secrets_at(
    key: str, subscription_id: UUID, generation: int, former_until: datetime | None, now: datetime
) -> list[str]:
    """Return the secrets that hold: the present one, and the former until its time is up."""
    secrets = [secret_of(key, subscription_id, generation)]
    if former_until is not None and now < former_until:
        secrets.append(secret_of(key, subscription_id, generation - 1))
    return secrets


def sign(secrets: Sequence[str], message_id: UUID, at: datetime, payload: str) -> dict[str, str]:
    """Return the headers that sign a message: its id, when it was sent, and the signatures."""
    named = f"msg_{message_id.hex}"
    return {
        "webhook-id": named,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(
            Webhook(secret).sign(named, at, payload) for secret in secrets
        ),
    }
