"""Until when a writer may change their mind about publication."""

from datetime import date

from shared.problem import Conflict


class PublishedAlready(Conflict):
    """The masked rendition is public; that it is taken down is for the office to decide."""

    advice = "答复已经公开，不能在此更改意愿；如需撤下，请联系办理单位。"


def refuse_once_published(published_on: date | None) -> None:
    """Refuse to change consent to what is public already."""
    if published_on is not None:
        raise PublishedAlready
