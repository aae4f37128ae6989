import pytest
from argon2 import extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from services.content.staff.credentials import SHORTEST_PASSWORD, SLOW, digest, secret
from services.content.staff.router.authorities import Authorities
from shared.problem import Invalid
from tests.support import people


def test_a_short_password_is_refused() -> None:
    with pytest.raises(Invalid):
        SLOW.hashed("x" * (SHORTEST_PASSWORD - 1))


def test_only_the_password_itself_fits_its_hash() -> None:
    hashed = SLOW.hashed("密码密码密码密码密码密码")
    assert SLOW.fit("密码密码密码密码密码密码", hashed)
    assert not SLOW.fit("密码密码密码密码密码密", hashed)


def test_nothing_fits_where_there_is_nobody_or_no_hash() -> None:
    assert not SLOW.fit("nobody has this password", None)
    assert not SLOW.fit("anything", "not a hash")


def test_unless_told_otherwise_a_hash_is_as_slow_as_the_standard_asks() -> None:
    held = Authorities(people.KEY, people.FOUNDING_SECRET).passwords
    assert extract_parameters(held.hashed("x" * SHORTEST_PASSWORD)) == RFC_9106_LOW_MEMORY


def test_a_secret_is_recognisable_and_its_digest_is_another_for_any_other() -> None:
    shown = secret("ab" * 24)
    assert shown.startswith("zb_")
    assert len(shown) == len("zb_") + 48 + 8
    assert digest(shown) != digest(shown[:-1])
