"""What a text must pass before reviewers see it: each check only finds, people decide."""
