"""Questions about recalls, their copies and certificates, and about what a recall would reach."""
