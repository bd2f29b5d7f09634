"""report → facts: kind, fields, dates, places, sections, indicators, numbers."""
