"""Query codes: what lets a writer follow a letter, and patience with wrong ones."""
