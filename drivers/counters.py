"""What a device has done in its life: named counts that outlive restarts, and thresholds that ask for attention before a failure.

The file is one JSON object: serial number (or "" where the device does not tell one) to name to count. A device that is swapped
for another starts with the other's own counts. UnifiedPOS calls these statistics; `…SinceReplenish` are counted since a refill.
"""

import json
import logging
import os
from collections.abc import Mapping
from pathlib import Path

_log = logging.getLogger(__name__)

SINCE_REPLENISH = "SinceReplenish"


class Counters:
    """The counts of one role. Written only from the device's thread; `values` may be read from any."""

    def __init__(self, path: Path | None = None, thresholds: Mapping[str, int] | None = None) -> None:
        """Keep them in `path`, or only in memory; `thresholds` are by name of the count."""
        self._path = path
        self._thresholds = dict(thresholds or {})
        self._all = _load(path)
        self._serial = ""
        self._dirty = False

    @property
    def values(self) -> Mapping[str, int]:
        """The counts of the device that is connected, or was last."""
        return dict(self._all.get(self._serial, {}))

    @property
    def over(self) -> tuple[str, ...]:
        """Names of the counts that have reached their threshold."""
        counts = self._all.get(self._serial, {})
        return tuple(sorted(name for name, limit in self._thresholds.items() if counts.get(name, 0) >= limit))

    def select(self, serial: str) -> None:
        """From now on count for the device with this serial number."""
        self._serial = serial
        self._all.setdefault(serial, {})

    def add(self, name: str, count: int = 1) -> None:
        """Count."""
        counts = self._all.setdefault(self._serial, {})
        counts[name] = counts.get(name, 0) + count
        self._dirty = True

    def replenished(self, supply: str) -> None:
        """What was counted since the last refill of `supply` starts anew."""
        counts = self._all.setdefault(self._serial, {})
        counts[f"{supply}{SINCE_REPLENISH}"] = 0
        counts["replenishCount"] = counts.get("replenishCount", 0) + 1
        self._dirty = True

    def save(self) -> None:
        """Write the file if anything has changed; a disk that fails is logged and does not stop the device."""
        if not self._dirty or self._path is None:
            return
        self._dirty = False
        fresh = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(self._all, indent=1, sort_keys=True), encoding="utf-8")
            fresh.replace(self._path)
        except OSError as error:
            _log.warning("counters cannot be kept in %s: %s", self._path, error.strerror)


def _load(path: Path | None) -> dict[str, dict[str, int]]:
    """The file's counts; what is not a count is left out, for a spoilt file must not keep a device from working."""
    if path is None:
        return {}
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        _log.warning("counters in %s cannot be read and start anew", path)
        return {}
    if not isinstance(loaded, dict):
        return {}
    return {serial: _counts(counts) for serial, counts in loaded.items() if isinstance(counts, dict)}


def _counts(counts: Mapping[str, object]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if type(count) is int and count >= 0}
