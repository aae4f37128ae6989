"""Whom a letter may be given to."""

from shared.problem import Conflict


class OutsideLine(Conflict):
    """The unit does not stand under the government this site belongs to."""

    advice = "只能转交给本网站所属政府及其下级单位。"
