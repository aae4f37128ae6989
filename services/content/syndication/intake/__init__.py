"""Upstream feeds: what higher-level sites publish, taken in and brought to a draft."""
