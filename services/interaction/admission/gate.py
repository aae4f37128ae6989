"""The gate strangers come through: not asked who they are, but where from and what they show."""

from typing import NamedTuple, NewType

from shared.address import Network, address_digest
from shared.sealing import derive

Place = NewType("Place", bytes)
"""A keyed digest of an address: equal ones are known again, and none can be read back."""


class Gate(NamedTuple):
    """What strangers are let in by: the key of challenges, that of addresses, whom to believe."""

    challenges: bytes
    addresses: bytes
    trusted_proxies: tuple[Network, ...] = ()
    asks_for_proof: bool = True

    def place(self, address: str) -> Place:
        """Return what is kept of an address."""
        return Place(address_digest(self.addresses, address))


class Stranger(NamedTuple):
    """Who asks without an account: through which gate, from where, showing which proof of work."""

    gate: Gate
    place: Place
    proof: str | None = None


def gate(
    secret: str, trusted_proxies: tuple[Network, ...] = (), *, asks_for_proof: bool = True
) -> Gate:
    """Return the gate whose keys are derived from the service's one secret."""
    return Gate(
        derive(secret, "zhengbu interaction: challenges"),
        derive(secret, "zhengbu interaction: addresses"),
        trusted_proxies,
        asks_for_proof,
    )
