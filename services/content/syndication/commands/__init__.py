"""What is done about directives, claims, their pages and subscriptions, one file for each."""
