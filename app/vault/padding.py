"""Make lengths say little: deflate, then pad to one of few lengths (PADME). See docs/protocol.md."""

import zlib

from app import errors

# The shortest padded length: most answers of "nothing new" and "one thing changed" look alike.
FLOOR = 1024
LENGTH_BYTES = 4


def padme(length: int) -> int:
    """The PADME length for this many bytes (Nikitin et al. 2019): at most 12 % more, and only O(log log n) known."""
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    unit = 1 << (exponent - exponent.bit_length())
    return -(-length // unit) * unit


def pad(content: bytes) -> bytes:
    """The length of the content in four bytes, the content, and zeros up to a PADME length of at least ``FLOOR``."""
    framed = len(content).to_bytes(LENGTH_BYTES, "big") + content
    return framed.ljust(padme(max(len(framed), FLOOR)), b"\x00")


def unpad(padded: bytes) -> bytes:
    """The inverse of pad. Raises Invalid for what pad does not make."""
    length = int.from_bytes(padded[:LENGTH_BYTES], "big")
    content = padded[LENGTH_BYTES : LENGTH_BYTES + length]
    if pad(content) != padded:
        raise errors.Invalid("What was opened is not padded as it must be.")
    return content


def deflate(content: bytes) -> bytes:
    """zlib (RFC 1950)."""
    return zlib.compress(content, 6)


def inflate(content: bytes, most: int) -> bytes:
    """The inverse of deflate, at most ``most`` bytes. Raises Invalid for more, for less than all, and for no zlib."""
    reader = zlib.decompressobj()
    try:
        clear = reader.decompress(content, most + 1)
    except zlib.error:
        raise errors.Invalid("What was opened is not deflated as it must be.") from None
    if len(clear) > most or not reader.eof or reader.unused_data:
        raise errors.Invalid("What was opened is too long, or not whole.")
    return clear
