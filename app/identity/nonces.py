"""Which counters of signed requests were used: the highest, and which of the 64 below it. Pure."""

WINDOW = 64
# Counters fit the databases' whole numbers.
HIGHEST = (1 << 62) - 1
NONE_SEEN = bytes(WINDOW // 8)


def taken(high: int, seen: bytes, counter: int) -> tuple[int, bytes] | None:
    """The state after this counter was used; None when it was used before, is below the window, or no counter.

    Bit ``n`` of ``seen``, a whole number of 8 bytes, big-endian, stands for ``high - 1 - n``.
    """
    if not 0 < counter <= HIGHEST:
        return None
    bits = int.from_bytes(seen, "big")
    if counter > high:
        distance = counter - high
        moved = (bits << distance) | (1 << (distance - 1) if high > 0 else 0) if distance <= WINDOW else 0
        return counter, (moved & ((1 << WINDOW) - 1)).to_bytes(WINDOW // 8, "big")
    place = high - 1 - counter
    if counter == high or place >= WINDOW or bits >> place & 1:
        return None
    return high, (bits | 1 << place).to_bytes(WINDOW // 8, "big")
