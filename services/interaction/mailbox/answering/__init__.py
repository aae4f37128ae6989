"""Answering: drafts, their review, and the reply to the writer."""
