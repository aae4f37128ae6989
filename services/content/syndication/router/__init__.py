"""HTTP of directives, claims and subscriptions, one file for each."""
