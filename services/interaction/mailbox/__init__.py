"""Mailbox: letters from citizens, from receipt to answer and publication."""
