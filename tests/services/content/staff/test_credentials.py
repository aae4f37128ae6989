import pytest

from services.content.staff.credentials import (
    SHORTEST_PASSWORD,
    digest,
    hash_password,
    password_fits,
    secret,
)
from shared.problem import Invalid


def test_a_short_password_is_refused() -> None:
    with pytest.raises(Invalid):
        hash_password("x" * (SHORTEST_PASSWORD - 1))


def test_only_the_password_itself_fits_its_hash() -> None:
    hashed = hash_password("密码密码密码密码密码密码")
    assert password_fits("密码密码密码密码密码密码", hashed)
    assert not password_fits("密码密码密码密码密码密", hashed)


def test_nothing_fits_where_there_is_nobody_or_no_hash() -> None:
    assert not password_fits("nobody has this password", None)
    assert not password_fits("anything", "not a hash")


def test_a_secret_is_recognisable_and_its_digest_is_another_for_any_other() -> None:
    shown = secret("ab" * 24)
    assert shown.startswith("zb_")
    assert len(shown) == len("zb_") + 48 + 8
    assert digest(shown) != digest(shown[:-1])
