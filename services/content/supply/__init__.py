"""Supply: what units owe a site, what they send it, and whom it commissions."""
