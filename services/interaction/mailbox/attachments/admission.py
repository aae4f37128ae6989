"""Which files letters may carry, and what is wrong with the claims a letter names."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from services.interaction.mailbox.attachments.limits import Limits, PerSource
from shared.contracts.assets import RefusalReason
from shared.contracts.attachments import AttachmentState
from shared.files.scanning import Scan
from shared.problem import Fault, Problem, TooManyRequests


class LengthRequired(Problem):
    """The request must say how long its body is."""

    status = 411
    advice = "请在 Content-Length 中注明上传内容的长度。"


class AttachmentTooLarge(Problem):
    """The file is larger than an attachment may be."""

    status = 413
    advice = "附件过大。"


class UploadTooSlow(Problem):
    """The file did not arrive in time."""

    status = 408
    advice = "上传超时，请检查网络后重试。"


class TooManyUploads(TooManyRequests):
    """Too many files came from one address in too short a time."""

    def __init__(self, wait: timedelta) -> None:
        """Say how long to wait."""
        seconds = max(1, -(-wait // timedelta(seconds=1)))
        super().__init__(f"上传过于频繁，请 {-(-seconds // 60)} 分钟后再试。")
        self.headers = {"Retry-After": str(seconds)}


class Uploads(NamedTuple):
    """How many files an address has uploaded since a moment."""

    files: int
    since: datetime


class Claimed(NamedTuple):
    """A file that a claim stands for, as far as it matters to a letter."""

    used: bool
    state: AttachmentState
    expires_at: datetime | None


def check_length(declared: str | None, most: int) -> int:
    """Return how long a body says it is, or refuse one that does not say or is too long."""
    if declared is None or not declared.isdecimal():
        raise LengthRequired
    if int(declared) > most:
        raise too_large(most)
    return int(declared)


def too_large(most: int) -> AttachmentTooLarge:
    """Return the refusal of a file that is larger than `most` bytes."""
    return AttachmentTooLarge(f"附件过大，每个最多 {most // 1024 // 1024} MB。", most=most)


def check_uploads(uploads: Uploads, limit: PerSource, now: datetime) -> None:
    """Refuse one more file from an address that has sent too many, and say when to come again."""
    if uploads.files > limit.uploads:
        raise TooManyUploads(uploads.since + timedelta(minutes=limit.minutes) - now)


def suits(scan: Scan, limits: Limits) -> list[RefusalReason]:
    """Return every reason why a letter cannot carry a file that was looked into."""
    if scan.dangers or scan.kind in limits.kinds:
        return list(scan.dangers)
    return [RefusalReason.UNACCEPTED_KIND]


def faults(
    claims: Sequence[str], found: Mapping[str, Claimed], limits: Limits, now: datetime
) -> Iterator[Fault]:
    """Yield everything that keeps files from coming with a letter."""
    if len(claims) > limits.most_files:
        yield Fault("/attachments", "too_many", f"附件最多 {limits.most_files} 个。")
    times = Counter(claims)
    for place, claim in enumerate(claims):
        pointer, file = f"/attachments/{place}", found.get(claim)
        if times[claim] > 1:
            yield Fault(pointer, "duplicate", "同一附件重复出现。")
        elif file is None:
            yield Fault(pointer, "unknown", "没有这个附件，或已过期，请重新上传。")
        elif file.used:
            yield Fault(pointer, "used", "此附件已随其他来信提交，请重新上传。")
        elif file.expires_at is not None and file.expires_at <= now:
            yield Fault(pointer, "expired", "附件已过期，请重新上传。")
        elif file.state is AttachmentState.REFUSED:
            yield Fault(pointer, "refused", "附件未通过安全检查，请更换后重新上传。")
