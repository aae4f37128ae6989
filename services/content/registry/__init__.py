"""Registry: organizations, the sites they answer for, and the columns of those sites."""
