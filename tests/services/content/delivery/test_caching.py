import pytest

from services.content.delivery.caching import etag_of, is_known

ETAG = etag_of(b"answer")


@pytest.mark.parametrize(
    ("held", "known"),
    [
        (None, False),
        ("", False),
        (ETAG, True),
        (f"W/{ETAG}", True),
        (f'"other", {ETAG}', True),
        (f'"other",W/{ETAG} ', True),
        ("*", True),
        ('"other"', False),
        (ETAG.strip('"'), False),
        (ETAG[:-2] + '"', False),
    ],
)
def test_a_reader_holds_an_answer_if_any_of_its_validators_says_so(
    held: str | None,
    known: bool,  # noqa: FBT001  # a column of the table
) -> None:
    assert is_known(held, ETAG) is known


def test_other_bytes_have_another_validator() -> None:
    assert etag_of(b"answer ") != ETAG
