"""Where an item stands on its site; only the site's domain ever changes in it."""

from uuid import UUID


def home(domain: str) -> str:
    """Return the address that every page of the site with this domain begins with."""
    return f"https://{domain}/"


def public_url(domain: str, item_id: UUID) -> str:
    """Return an item's canonical address on the site with this domain."""
    return f"{home(domain)}items/{item_id}"
