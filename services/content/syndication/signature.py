"""What proves to a subscriber that a message is ours (Standard Webhooks)."""

import base64
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


def sign(secret: str, message_id: UUID, at: datetime, payload: str) -> dict[str, str]:
    """Return the headers that sign a message: its id, when it was sent, and the signature."""
    return {
        "webhook-id": f"msg_{message_id.hex}",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(f"msg_{message_id.hex}", at, payload),
    }
