"""Organizations, applications and what is supervised."""
