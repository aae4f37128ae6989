"""What proves to a follower that a feed comes from the hub it told its secret."""

import hmac
from hashlib import sha256

from shared.sealing import derive, seal, unseal

PURPOSE = "hub"


def signed(secret: str | None, body: bytes) -> dict[str, str]:
    """Return the header that signs a body (WebSub 7.1); without a secret there is none."""
    if secret is None:
        return {}
    return {"X-Hub-Signature": f"sha256={hmac.new(secret.encode(), body, sha256).hexdigest()}"}


def sealed(key: str, secret: str | None, callback: str, nonce: bytes) -> bytes | None:
    """Close the secret of a callback, so that the database does not tell it."""
    if secret is None:
        return None
    return seal(derive(key, PURPOSE), nonce, secret.encode(), callback)


def opened(key: str, closed: bytes | None, callback: str) -> str | None:
    """Open the secret of a callback."""
    return None if closed is None else unseal(derive(key, PURPOSE), closed, callback).decode()
