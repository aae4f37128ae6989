"""HTTP of surveys, for staff and for everyone."""
