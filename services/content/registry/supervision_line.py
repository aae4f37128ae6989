"""Who may supervise a site or a unit: somebody above the sponsor, never the sponsor itself.

Source: 蚌政办秘〔2017〕97号 一(一): the city office supervises, the county office sponsors.
"""

from collections.abc import Mapping

from shared.auth import within as is_within
from shared.problem import Conflict, Fault, Invalid


class SupervisesSites(Conflict):
    """The unit's sites are supervised by its second line, which it can lose only after that."""

    advice = "该单位主办的网站由其第二条监管关系单位主管，请先变更这些网站的主管单位。"


def check_supervision(
    supervising: str, sponsoring: str, second_line: str | None, within: str = ""
) -> None:
    """Refuse a supervisor that is neither above the sponsor nor its second line.

    Nobody stands above the group's first organization, which supervises its own sites.
    `within` is where in the request the site is described.
    """
    if not _fits(supervising, sponsoring, second_line):
        advice = "主管单位应为主办单位的上级单位，或其第二条监管关系单位。"
        raise Invalid([Fault(f"{within}/supervising", "not_above", advice)])


def check_second_line(path: str, second_line: str | None) -> None:
    """Refuse a second line that is the unit itself or stands below it."""
    if second_line is not None and is_within(second_line, path):
        advice = "第二条监管关系单位不能是本单位或其下级单位。"
        raise Invalid([Fault("/supervised_by", "not_outside", advice)])


def check_sites_keep(sites: Mapping[str, str], sponsoring: str, second_line: str | None) -> None:
    """Refuse a second line under which some of the unit's sites had no supervisor that fits."""
    lost = [code for code, at in sites.items() if not _fits(at, sponsoring, second_line)]
    if lost:
        raise SupervisesSites(sites=sorted(lost))


def _fits(supervising: str, sponsoring: str, second_line: str | None) -> bool:
    above = is_within(sponsoring, supervising) and supervising != sponsoring
    first = supervising == sponsoring and "." not in sponsoring
    return above or first or supervising == second_line
