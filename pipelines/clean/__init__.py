"""readable page → the report alone: main content, chrome, spam, grids, splitting."""
