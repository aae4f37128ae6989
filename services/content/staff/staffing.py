"""Which posts an organization that sponsors a site must fill."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from shared.contracts.registry import OrganizationKind
from shared.contracts.staff import PostKind


@cache
def required_posts() -> Mapping[OrganizationKind, tuple[PostKind, ...]]:
    """Return the posts each kind of organization must fill; the source stands beside them."""
    listed = files(__package__).joinpath("required_posts.yaml").read_text("utf-8")
    return {
        OrganizationKind(kind): tuple(map(PostKind, posts))
        for kind, posts in yaml.safe_load(listed).items()
    }
