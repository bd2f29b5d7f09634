"""A small portal of its own on loopback, with known truth."""
