"""What a site's code says of it.

Source: 国办发〔2017〕47号: a local code begins with the six digits of GB/T 2260, a central
one with `bm`.
"""

from shared.problem import Fault, Invalid

CENTRAL = "bm"


def check_region(code: str, region: str) -> None:
    """Refuse a local code of another region than the site's."""
    if not code.startswith(CENTRAL) and not code.startswith(region):
        raise Invalid(
            [Fault("/region", "other_region", "行政区划代码应与网站标识码的前六位一致。")]
        )
