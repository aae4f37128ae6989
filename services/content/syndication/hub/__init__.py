"""Handing the Atom feeds on to whoever asked for them, as W3C WebSub says."""
