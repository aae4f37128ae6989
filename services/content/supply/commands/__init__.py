"""Everything that changes tasks, contributions and commissions."""
