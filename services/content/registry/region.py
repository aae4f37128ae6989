"""Administrative regions by their codes (GB/T 2260)."""


def covers(region: str, place: str) -> bool:
    """Say whether a place is a region or lies within it: province, city, county."""
    while region.endswith("00"):
        region = region.removesuffix("00")
    return place.startswith(region)
