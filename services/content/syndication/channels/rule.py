"""Which released items go to a channel by themselves."""

from collections.abc import Sequence
from typing import NamedTuple

from services.content.syndication.partners.interest import Filters, Matter, wants
from shared.auth import within


class Place(NamedTuple):
    """Whose channel it is: one site's, or that of all sites of an organization."""

    owner: str
    site_code: str | None

    def covers(self, site_code: str, sponsoring: str) -> bool:
        """Say whether what is on a site may go to the channel."""
        if self.site_code is not None:
            return site_code == self.site_code
        return within(sponsoring, self.owner)


class Rule(NamedTuple):
    """What a channel takes."""

    automatic: bool
    place: Place
    column_ids: Sequence[str]
    filters: Filters


class Released(NamedTuple):
    """A released item, as far as a rule asks."""

    matter: Matter
    sponsoring: str
    column_id: str
    is_repost: bool


def goes(rule: Rule, item: Released) -> bool:
    """Say whether an item is posted without anybody ordering it; a repost never is."""
    in_columns = not rule.column_ids or item.column_id in rule.column_ids
    return (
        rule.automatic
        and not item.is_repost
        and rule.place.covers(item.matter.site_code, item.sponsoring)
        and in_columns
        and wants(rule.filters, item.matter)
    )
