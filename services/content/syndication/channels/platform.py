"""What is known of a platform: its limits, and what its codes mean."""

from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.channels import ChannelKind

Count = Annotated[int, Field(ge=0)]


class Means(StrEnum):
    """What an answer of a platform, or that there is none, means for a post."""

    DONE = "done"
    ACCEPTED = "accepted"
    PENDING = "pending"
    ABSENT = "absent"
    GONE = "gone"
    RENEW = "renew"
    BLOCKED = "blocked"
    FORBIDDEN = "forbidden"
    DAILY = "daily"
    BUSY = "busy"
    LOST = "lost"
    REPEATED = "repeated"
    REFUSED = "refused"


class Code(BaseModel):
    """What a code means, and how a person is told."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    means: Means
    words: str


class Part(BaseModel):
    """A part of a post: how long it may be, and the usual template."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    most: Count
    template: str


class Platform(BaseModel):
    """One platform, as its documentation has it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: str
    token_early_seconds: Count
    per_minute: Count
    per_day: Count
    asks_for_cover: bool
    asks_for_sender: bool
    counts_half: bool
    hash_signs: bool
    parts: dict[str, Part]
    author: Count
    link_bytes: Count
    cover_bytes: Count
    cover_forms: dict[str, str]
    looks_back: Count
    codes: dict[str, Code]
    statuses: dict[str, Code]

    def understand(self, code: str, *, status: bool = False) -> Code:
        """Return what a code means; one nobody documented refuses the post."""
        known = self.statuses if status else self.codes
        return known.get(code, Code(means=Means.REFUSED, words=f"平台拒绝，代码 {code}"))


class Figures(BaseModel):
    """How posts are sent, looked for and given up, whatever the platform."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    answer_bytes: Count
    upload_seconds: Count
    link_room: Count
    poll_seconds: tuple[Count, ...]
    poll_hours: Count
    lost_seconds: Count
    lost_looks: Count


class Told(NamedTuple):
    """What a platform said to a step: what it means, its code, and its words for a person."""

    means: Means
    code: str | None = None
    words: str | None = None


@cache
def platform(kind: ChannelKind) -> Platform:
    """Return what is known of a platform."""
    return Platform.model_validate(_read(f"{kind}.yaml"))


@cache
def figures() -> Figures:
    """Return the figures of posting."""
    return Figures.model_validate(_read("posting.yaml"))


def _read(name: str) -> Any:
    return yaml.safe_load(files(__package__).joinpath(name).read_text("utf-8"))
