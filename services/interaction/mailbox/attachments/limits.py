"""How large, how many and how often: the figures of attachments."""

from functools import cache
from typing import Annotated

from pydantic import Field

from shared.contracts.assets import AssetKind
from shared.figures import Figures, Source, read
from shared.files.limits import MIB

Count = Annotated[int, Field(ge=1)]


class PerSource(Figures):
    """How many files one address may upload within a time."""

    uploads: Count
    minutes: Count


class Limits(Figures):
    """All figures of attachments."""

    source: Source
    kinds: frozenset[AssetKind]
    most_mib: Count
    most_files: Count
    upload_seconds: Count
    claim_hours: Count
    per_source: PerSource
    most_masked_kib: Count

    @property
    def most_bytes(self) -> int:
        """How large a file may be."""
        return self.most_mib * MIB

    @property
    def most_masked(self) -> int:
        """How large a text may be that is masked by itself."""
        return self.most_masked_kib * 1024


@cache
def limits() -> Limits:
    """Return the figures this version was made with."""
    return read(Limits, __package__, "limits.yaml")
