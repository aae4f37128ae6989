"""Which sites a directive binds."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from services.content.registry.region import covers
from shared.auth import within
from shared.contracts.binding import Reach, Scope
from shared.contracts.registry import Level, OrganizationKind
from shared.problem import Fault, Unprocessable


class NobodyBound(Unprocessable):
    """The directive would bind no site."""

    advice = "没有网站在此转载要求的范围内。"


class Place(NamedTuple):
    """A site as far as a scope asks: what it is, and who answers for it."""

    code: str
    level: Level
    region: str
    sponsoring: str
    trade: OrganizationKind
    second_line: str | None = None


def binds(scope: Scope, issuer: str, place: Place) -> bool:
    """Say whether the issuer reaches a site and everything that is named fits it."""
    named = scope.site_codes is None or place.code in scope.site_codes
    return named and _left(scope, issuer, place)


def faults(scope: Scope, issuer: str, places: Sequence[Place]) -> Iterator[Fault]:
    """Yield whatever is named but fits none of these places, whether it exists or not."""
    near = [place for place in places if _reached(scope.reach, issuer, place)]
    for at, region in enumerate(scope.regions):
        if not any(covers(region, place.region) for place in near):
            yield Fault(f"/regions/{at}", "out_of_reach", f"行政区划 {region} 内没有可及的网站。")
    for at, code in enumerate(scope.organizations):
        if not any(_stands_below(code, place) for place in near):
            yield Fault(f"/organizations/{at}", "out_of_reach", f"{code} 没有可及的网站。")
    left = {place.code for place in near if _left(scope, issuer, place)}
    for code in sorted(set(scope.site_codes or ()) - left):
        yield Fault("/site_codes", "out_of_reach", f"{code} 不在范围内。")


def _left(scope: Scope, issuer: str, place: Place) -> bool:
    return all(
        (
            _reached(scope.reach, issuer, place),
            scope.level in {None, place.level},
            not scope.regions or any(covers(region, place.region) for region in scope.regions),
            not scope.organizations
            or any(_stands_below(code, place) for code in scope.organizations),
            not scope.trades or place.trade in scope.trades,
        )
    )


def _reached(reach: Reach, issuer: str, place: Place) -> bool:
    below = within(place.sponsoring, issuer)
    on_line = place.second_line is not None and within(place.second_line, issuer)
    return {Reach.BELOW: below, Reach.LINE: on_line, Reach.BOTH: below or on_line}[reach]


def _stands_below(code: str, place: Place) -> bool:
    """Say whether a site's sponsor is the unit with this code or stands below it."""
    return code in place.sponsoring.split(".")
