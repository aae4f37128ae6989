"""Seals over what opens an account on a platform; whoever reads the database cannot post."""

from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag

from shared.sealing import NONCE_BYTES, Chance, derive, seal, unseal

SECRET, TOKEN = "secret", "token"
"""What a seal is about."""


class ChannelKey(NamedTuple):
    """The key that seals channels' secrets, and where its nonces come from."""

    key: bytes
    chance: Chance

    def close(self, channel_id: UUID, what: str, text: str) -> bytes:
        """Seal a channel's secret or token."""
        return seal(self.key, self.chance(NONCE_BYTES), text.encode(), f"{channel_id}/{what}")

    def open(self, channel_id: UUID, what: str, sealed: bytes | None) -> str | None:
        """Return what was sealed; nothing if there is none or another key sealed it."""
        if sealed is None:
            return None
        try:
            return unseal(self.key, sealed, f"{channel_id}/{what}").decode()
        except InvalidTag:
            return None


def channel_key(secret: str, chance: Chance) -> ChannelKey:
    """Return the key that the service's secret gives."""
    return ChannelKey(derive(secret, "zhengbu content: channels"), chance)
