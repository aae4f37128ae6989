"""Notifications as GraphQL types."""

import strawberry

from shared.contracts import writer_notifications

for plain in (writer_notifications.WriterNotification,):
    strawberry.pydantic.type(plain, description=plain.__doc__)
