"""Recounts: letters counted again when a holiday notice arrives, some at a time."""
