"""Letters as they are kept: how far each is, and its sealed content."""
