"""Taking one step of a post at its platform, whichever that is."""

from services.content.syndication.channels.account import Asked, Outcome
from services.content.syndication.channels.adapters import weibo
from services.content.syndication.channels.adapters.wechat import Wechat
from shared.contracts.channels import ChannelKind
from shared.outbound import Outside


async def take(kind: ChannelKind, outside: Outside, asked: Asked) -> Outcome:
    """Take a step, and say what came of it; a platform that is away is an outcome too."""
    if kind is ChannelKind.WECHAT:
        return await Wechat(outside, asked).take()
    return await weibo.take(outside, asked)
