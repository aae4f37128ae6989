"""Notifications: what writers are owed the news of, and what waits to be sent."""
