"""What a letter must have to be taken in."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from shared.contracts.letters import WriterIdentity
from shared.contracts.writing import RepresentedWriter
from shared.figures import Figures, Source, read
from shared.problem import Fault

NO_CONTACT = Fault("/writer", "no_contact", "请留下电话或电子邮箱，至少一项。")


class Entering(Figures):
    """How long after it reached the office a letter may still be entered."""

    source: Source
    days: int


@cache
def entering() -> Entering:
    """Return the figures this version was made with."""
    return read(Entering, __package__, "entering.yaml")


def faults(
    *, site_known: bool, addressee_in_line: bool, phone: str | None, email: str | None
) -> Iterator[Fault]:
    """Yield everything that keeps a citizen's own letter from being taken in."""
    yield from misdirected(site_known=site_known, addressee_in_line=addressee_in_line)
    if not (phone or email):
        yield NO_CONTACT


def misdirected(*, site_known: bool, addressee_in_line: bool) -> Iterator[Fault]:
    """Yield what is wrong with where a letter is sent."""
    if not site_known:
        yield Fault("/site_code", "unknown", "没有这个网站。")
    elif not addressee_in_line:
        yield Fault("/addressee", "unknown", "此网站的来信不能写给这个单位。")


def misrepresented(writer: RepresentedWriter) -> Iterator[Fault]:
    """Yield where what is said of a writer's identity and what is given of them disagree."""
    contact = writer.phone or writer.email
    match writer.identity:
        case WriterIdentity.ANONYMOUS if writer.name:
            yield Fault("/writer/name", "not_anonymous", "匿名来信不登记姓名。")
        case WriterIdentity.NAMED | WriterIdentity.NO_CONTACT if not writer.name:
            yield Fault("/writer/name", "no_name", "请登记来信人姓名；来信人匿名的，请注明。")
    if writer.identity is WriterIdentity.NAMED and not contact:
        yield Fault("/writer", "no_contact", "请登记电话或电子邮箱；未留联系方式的，请注明。")
    if writer.identity is WriterIdentity.NO_CONTACT and contact:
        yield Fault("/writer/identity", "has_contact", "已登记联系方式，不应注明未留联系方式。")


def mistimed(reached_on: date, today: date, days: int) -> Iterator[Fault]:
    """Yield what is wrong with the day a letter is said to have reached the office."""
    if reached_on > today:
        yield Fault("/reached_on", "future", "收到日期不能晚于今天。")
    elif reached_on < today - timedelta(days=days):
        yield Fault("/reached_on", "too_old", f"收到日期不能早于{days}天前，请核对。")
