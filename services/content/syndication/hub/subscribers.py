"""Whose feed changed when the public state did."""

from services.content.syndication.hub.commands.distributing import wake
from shared.contracts.content import ItemReleased, ItemWithdrawn
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

subscriptions.on(ItemReleased)(wake)
subscriptions.on(ItemWithdrawn)(wake)
