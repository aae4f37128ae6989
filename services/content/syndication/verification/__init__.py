"""Reading the public page of a repost, and what that proves."""
