"""Duty: the units, sites and holidays of the group, as told by the registry."""
