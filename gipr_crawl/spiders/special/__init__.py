"""Spiders for the few sites that a profile cannot describe."""
