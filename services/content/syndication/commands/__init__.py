"""What is done about directives and subscriptions, one file for each of the two."""
