"""The stack on one machine: real servers, real processes, a demonstration group."""
