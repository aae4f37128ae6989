"""HTTP of what sites take over."""
