"""Whole reports made to order: known cells, every era, every shape their tables come in, and damage."""
