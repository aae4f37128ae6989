"""Who may supervise a site: somebody above its sponsor, never the sponsor itself.

Source: 蚌政办秘〔2017〕97号 一(一): the city office supervises, the county office sponsors.
"""

from shared.auth import within as is_within
from shared.problem import Fault, Invalid


def check_supervision(
    supervising: str, sponsoring: str, second_line: str | None, within: str = ""
) -> None:
    """Refuse a supervisor that is neither above the sponsor nor its second line.

    Nobody stands above the group's first organization, which supervises its own sites.
    `within` is where in the request the site is described.
    """
    above = is_within(sponsoring, supervising) and supervising != sponsoring
    first = supervising == sponsoring and "." not in sponsoring
    if not (above or first or supervising == second_line):
        advice = "主管单位应为主办单位的上级单位，或其第二条监管关系单位。"
        raise Invalid([Fault(f"{within}/supervising", "not_above", advice)])
