"""Voices: what the public hands in, sealed until a person lets it be read by all."""
