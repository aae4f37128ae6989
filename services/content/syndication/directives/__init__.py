"""Orders to repost what is public, and what each site does about them."""
