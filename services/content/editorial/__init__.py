"""Editorial: items, their revisions, and the reviews that clear them for release."""
