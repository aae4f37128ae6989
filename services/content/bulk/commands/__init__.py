"""Everything that is written while lines are imported."""
