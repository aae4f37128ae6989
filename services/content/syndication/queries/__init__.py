"""What is asked about directives and subscriptions, one file for each of the two."""
