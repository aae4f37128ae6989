"""HTTP of consultations: for everyone, and for those who hold them."""
