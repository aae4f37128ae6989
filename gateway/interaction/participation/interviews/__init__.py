"""Interviews: their announcements, questions and transcripts."""
