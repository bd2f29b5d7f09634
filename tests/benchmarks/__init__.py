"""Measurements, run by hand: `python -m tests.benchmarks.repair` and the like. None of them is a test."""
