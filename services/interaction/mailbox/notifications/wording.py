"""How notifications are spoken of."""

from shared.contracts.writer_notifications import NotificationState

STATES = {NotificationState.PENDING: "待发送"}
