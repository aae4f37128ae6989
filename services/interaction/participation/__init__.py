"""Participation: surveys, consultations and interviews, which become content by event."""
