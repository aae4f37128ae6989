"""Staff: people, the posts they hold, and the credentials that let them act."""
