"""Who the reader is and where they are logged in."""
