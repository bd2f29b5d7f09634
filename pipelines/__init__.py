"""Understanding and keeping pages."""
