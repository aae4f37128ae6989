"""The mailbox as citizens and clerks query it."""
