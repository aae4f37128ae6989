from datetime import UTC, datetime, timedelta

import pytest

from services.interaction.mailbox.attachments.admission import (
    AttachmentTooLarge,
    Claimed,
    LengthRequired,
    TooManyUploads,
    Uploads,
    check_length,
    check_uploads,
    faults,
    suits,
)
from services.interaction.mailbox.attachments.limits import PerSource, limits
from shared.contracts.assets import AssetKind, RefusalReason
from shared.contracts.attachments import AttachmentState
from shared.files.scanning import Scan

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)


@pytest.mark.parametrize("declared", [None, "", "-1", "1.0", "0x10", " 5", "²"])
def test_a_body_says_how_long_it_is(declared: str | None) -> None:
    with pytest.raises(LengthRequired):
        check_length(declared, 10)


def test_a_body_is_no_longer_than_allowed() -> None:
    assert check_length("10", 10) == 10
    with pytest.raises(AttachmentTooLarge) as refused:
        check_length("11", 10)
    assert refused.value.members == {"most": 10}


@pytest.mark.parametrize(
    ("files", "seconds_ago", "wait"), [(3, 0, None), (4, 0, 600), (4, 599, 1), (4, 30, 570)]
)
def test_one_address_waits_for_its_window_to_end(
    files: int, seconds_ago: int, wait: int | None
) -> None:
    uploads = Uploads(files, NOW - timedelta(seconds=seconds_ago))
    rule = PerSource(uploads=3, minutes=10)
    if wait is None:
        check_uploads(uploads, rule, NOW)
        return
    with pytest.raises(TooManyUploads) as refused:
        check_uploads(uploads, rule, NOW)
    assert refused.value.headers == {"Retry-After": str(wait)}


@pytest.mark.parametrize(
    ("scan", "reasons"),
    [
        (Scan(AssetKind.JPEG, []), []),
        (Scan(AssetKind.ZIP, []), [RefusalReason.UNACCEPTED_KIND]),
        (Scan(AssetKind.MP4, []), [RefusalReason.UNACCEPTED_KIND]),
        (Scan(None, []), [RefusalReason.UNACCEPTED_KIND]),
        (Scan(AssetKind.ZIP, [RefusalReason.BOMB]), [RefusalReason.BOMB]),
    ],
)
def test_only_kinds_that_letters_carry_pass(scan: Scan, reasons: list[RefusalReason]) -> None:
    assert suits(scan, limits()) == reasons


FRESH = Claimed(False, AttachmentState.WAITING, NOW + timedelta(hours=1))  # noqa: FBT003


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (None, "unknown"),
        (FRESH, None),
        (FRESH._replace(state=AttachmentState.READY), None),
        (FRESH._replace(used=True, expires_at=None), "used"),
        (FRESH._replace(expires_at=NOW), "expired"),
        (FRESH._replace(state=AttachmentState.REFUSED), "refused"),
    ],
)
def test_a_claim_is_good_once_in_time_and_for_a_file_that_may_come(
    file: Claimed | None, code: str | None
) -> None:
    found = {} if file is None else {"a": file}
    told = [(each.pointer, each.code) for each in faults(["a"], found, limits(), NOW)]
    assert told == ([("/attachments/0", code)] if code else [])
