"""HTTP of directives and subscriptions, one file for each of the two."""
