"""Questions about answering: what was submitted, what reached the writer, what stands beside."""
