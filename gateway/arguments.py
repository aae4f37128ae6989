"""Arguments that many fields take, described once."""

from typing import Annotated

import strawberry

SiteCode = Annotated[str, strawberry.argument(description="网站标识码, ten characters.")]
OrganizationCode = Annotated[
    str, strawberry.argument(description="Its last code, such as `340300-zfb`.")
]
VersionOrNew = Annotated[
    int | None, strawberry.argument(description="The version to change; none for the first.")
]
Proof = Annotated[
    str | None,
    strawberry.argument(
        description="An ALTCHA payload: a challenge of `/v1/public/challenges/…`, solved."
    ),
]
