"""Whether a letter may be published."""

from shared.problem import Conflict


class NoConsent(Conflict):
    """The writer did not consent to publication."""

    advice = "来信人不同意公开，不能公开此信。"
