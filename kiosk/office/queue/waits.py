"""How long one waits for a counter: an optimistic and a pessimistic estimate, as ZMS (Munich, Berlin) reckons them."""

from math import ceil, floor

_FAST, _SLOW = 0.8, 1.0
_ENOUGH_SAMPLES = 20
_CAUTION = 1.3  # on the upper estimate, until the average rests on enough samples


def wait_range(ahead: int, counters: int, minutes: float, samples: int) -> tuple[int, int] | None:
    """Minutes (optimistic, pessimistic) with `ahead` people before one at `counters` open counters; None if none is open.

    `minutes` is the average time a citizen takes at a counter, over `samples` citizens.
    """
    if counters < 1:
        return None
    slot = minutes / counters
    fast = _FAST * slot * max(0, ahead - counters)
    slow = _SLOW * slot * ahead + slot
    return floor(fast), ceil(slow if samples >= _ENOUGH_SAMPLES else slow * _CAUTION)
