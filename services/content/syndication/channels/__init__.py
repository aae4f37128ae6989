"""Posting what was released to accounts on social platforms, with receipts."""
