"""Telling: what is said of running clocks when its instant comes."""
