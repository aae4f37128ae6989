"""What sites ask for, and what units, experts and media send."""
