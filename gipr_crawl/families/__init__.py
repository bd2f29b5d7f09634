"""One module a CMS family: pure functions, bytes in, entries and next request out."""
