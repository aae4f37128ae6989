"""HTTP of duty."""
