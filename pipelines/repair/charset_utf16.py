"""UTF-16 that no byte-order mark announces, known by where its NUL bytes stand."""

from __future__ import annotations

from pipelines.repair.charset_score import text_bits

_PROBE_BYTES = 1024
_BLOCK = 64
_NUL_SHARE = 0.03  # markup alone makes more; a page with a few stray NULs has less
_MAX_MEAN_BITS = 12.0  # writing costs 5 to 10 bits a character; anything else read as UTF-16 costs 18 and more
_SURE_MEAN_BITS = 9.0  # a probe of which a third is read one byte off costs more
_SLIP_BITS = 20.0


def utf16_without_mark(body: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` if `body` is UTF-16 text, also with a byte lost or too many inside; else None."""
    probe = body[:_PROBE_BYTES]
    nuls = probe.count(0)
    if nuls < 2 or nuls < _NUL_SHARE * len(probe):
        return None
    for charset in ("utf-16-le", "utf-16-be"):
        if text_bits(probe.decode(charset, "replace")) <= _SURE_MEAN_BITS * len(probe) / 2:
            return charset
    bits, charset = min((_cheapest(probe, charset), charset) for charset in ("utf-16-le", "utf-16-be"))
    return charset if bits <= _MAX_MEAN_BITS * len(probe) / 2 else None


def _cheapest(probe: bytes, charset: str) -> float:
    """Bits of `probe` when every block may be read as it stands or, at a price, one byte off."""
    total = 0.0
    for start in range(0, len(probe), _BLOCK):
        as_is = probe[start : start + _BLOCK].decode(charset, "replace")
        shifted = probe[start + 1 : start + 1 + _BLOCK].decode(charset, "replace")
        total += min(text_bits(as_is), text_bits(shifted) + _SLIP_BITS)
    return total
