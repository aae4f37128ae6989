"""Where an item stands on its site; an address once given never changes."""

from uuid import UUID


def public_url(domain: str, item_id: UUID) -> str:
    """Return an item's canonical address on the site with this domain."""
    return f"https://{domain}/items/{item_id}"
