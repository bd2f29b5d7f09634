"""Traditional to Simplified (placeholder while being written)."""
def is_traditional(c: str) -> bool:
    return False
