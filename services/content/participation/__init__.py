"""Participation: announcements and results of surveys, consultations and interviews, as drafts."""
