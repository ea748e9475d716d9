"""When a code that a camera sees is a new one: pure judgement over time, no clock."""


class Sightings:
    """A code is new when it was not in sight for `again_after` seconds. Holds only codes seen within that time."""

    def __init__(self, again_after: float) -> None:
        self._again_after = again_after
        self._last: dict[str | bytes, float] = {}

    def new(self, code: str | bytes, at: float) -> bool:
        """The code is in the picture of `at`, in seconds; whether it has just come into sight."""
        before = self._last.get(code)
        fresh = before is None or at - before > self._again_after
        self._last = {one: seen for one, seen in self._last.items() if at - seen <= self._again_after}
        self._last[code] = at if before is None else max(at, before)
        return fresh

    def resume(self, at: float) -> None:
        """The camera was away until now: what was in sight then has not been out of sight since."""
        self._last = dict.fromkeys(self._last, at)

    def clear(self) -> None:
        """Whatever is in sight is new."""
        self._last.clear()
