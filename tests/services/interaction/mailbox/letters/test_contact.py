import pytest

from services.interaction.mailbox.letters.contact import spelt, spelt_email, spelt_phone


@pytest.mark.parametrize(
    "phone", ["13855201234", "+86 138-5520-1234", "0086 138 5520 1234", "8613855201234"]
)
def test_a_mobile_number_is_one_however_it_is_written(phone: str) -> None:
    assert spelt_phone(phone) == "phone:13855201234"


def test_a_number_in_town_stays_itself() -> None:
    assert spelt_phone("(0552) 312-3456") == spelt_phone("+86 0552 3123456") == "phone:05523123456"
    assert spelt_phone("86312345") == "phone:86312345"


def test_an_address_is_one_in_either_case() -> None:
    assert spelt_email("Li@Example.com ") == "email:li@example.com"


def test_nobodys_contact_is_none() -> None:
    assert spelt(None, None) == []
    assert spelt("1", "a@b.cn") == ["phone:1", "email:a@b.cn"]
