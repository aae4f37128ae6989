"""A letter as its writer follows it."""
