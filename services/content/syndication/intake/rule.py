"""Which rule is about an entry."""

from collections.abc import Sequence

from services.content.syndication.intake.entry import same_address
from shared.contracts.upstream_feeds import EntryRule


def first_match(
    rules: Sequence[EntryRule],
    *,
    title: str,
    url: str | None,
    categories: Sequence[str],
    sources: Sequence[str | None],
) -> int | None:
    """Return the place of the first rule whose every named filter matches."""
    said = " ".join(filter(None, sources))
    for place, rule in enumerate(rules):
        if all(
            (
                not rule.words or any(word in title for word in rule.words),
                not rule.categories or set(rule.categories) & set(categories),
                not rule.sources or any(source in said for source in rule.sources),
                not rule.link_prefix or _begins(url, rule.link_prefix),
            )
        ):
            return place
    return None


def _begins(url: str | None, prefix: str) -> bool:
    """Compare whole parts of an address: /zwgk is no beginning of /zwgk2."""
    here, begin = same_address(url or ""), same_address(prefix)
    return here == begin or here.startswith((f"{begin}/", f"{begin}?"))
