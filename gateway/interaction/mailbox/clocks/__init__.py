"""Clocks of letters as those query them who keep them, and whoever wrote."""
