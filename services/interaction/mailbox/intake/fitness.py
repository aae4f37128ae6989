"""What a letter must have to be taken in."""

from collections.abc import Iterator

from shared.problem import Fault


def faults(
    *, site_known: bool, addressee_in_line: bool, phone: str | None, email: str | None
) -> Iterator[Fault]:
    """Yield everything that keeps a letter from being taken in, not only the first fault."""
    if not site_known:
        yield Fault("/site_code", "unknown", "没有这个网站。")
    elif not addressee_in_line:
        yield Fault("/addressee", "unknown", "此网站的来信不能写给这个单位。")
    if not (phone or email):
        yield Fault("/writer", "no_contact", "请留下电话或电子邮箱，至少一项。")
