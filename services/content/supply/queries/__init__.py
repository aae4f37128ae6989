"""Questions about tasks, contributions and commissions."""
