"""Monitoring: what is watched on every site, and what counts as a finding."""
