"""What is asked about directives, claimed pages and subscriptions, one file for each."""
