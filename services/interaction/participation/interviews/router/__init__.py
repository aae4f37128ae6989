"""HTTP of interviews: for everyone, as a stream, and for those who hold them."""
