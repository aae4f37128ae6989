"""What the public reads beside the items themselves."""
