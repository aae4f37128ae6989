"""What is said to sort a letter."""

from shared.contracts.text import OrganizationCode, Strict


class Dispatch(Strict):
    """The unit that is to answer."""

    organization: OrganizationCode
