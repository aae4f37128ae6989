"""Syndication: directives to repost, what sites did about them, and partners who subscribe."""
