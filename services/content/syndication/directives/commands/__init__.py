"""Everything that changes what sites are told to repost, and what they did about it."""
