"""When nobody is there any more: pure arithmetic on the times at which something was touched."""

from dataclasses import dataclass
from math import ceil

from kiosk.flow import Pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Seconds; in care mode all but `card_gone` are `care_factor` times as long."""

    warn: int = 60
    entry: int = 120
    countdown: int = 30
    mask: int = 90
    result: int = 20
    limit: int = 900
    card_gone: int = 15
    care_factor: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the time asks for; `countdown` 0 means there is time, `extendable` False that only staff could give more."""

    mask: bool = False
    countdown: int = 0
    extendable: bool = True
    over: bool = False


CALM = Verdict()
OVER = Verdict(over=True)


class IdleClock:
    """Watches one citizen's session."""

    def __init__(self, times: Times) -> None:
        self._times = times
        self._began = self._touched = self._seen = 0.0
        self._hurry: float | None = None

    def begin(self, now: float) -> None:
        """A citizen has come."""
        self._began = self._seen = now
        self.touch(now)

    def touch(self, now: float) -> None:
        """Somebody is there."""
        self._touched = now
        self._hurry = None

    def acted(self, now: float) -> None:
        """Something was done for them: at the limit there is still the countdown's time to see what came of it."""
        self._seen = now + self._times.countdown

    def card_gone(self, now: float) -> None:
        """The card that said who this is has been taken away: the end is near unless touched."""
        self._hurry = now + self._times.card_gone

    def judge(self, now: float, pace: Pace, *, care: bool) -> Verdict:
        """Say what the time asks for on a step of this pace."""
        if pace in {Pace.IDLE, Pace.WORKING}:
            return CALM
        factor = self._times.care_factor if care else 1
        limit_left = max(self._began + self._times.limit * factor, self._seen) - now
        if limit_left <= self._times.countdown:
            return _counting(limit_left, extendable=False)
        if self._hurry is not None:
            return _counting(self._hurry - now)
        quiet = now - self._touched
        if pace is Pace.RESULT:
            return OVER if quiet >= self._times.result * factor else CALM
        allowed = self._allowed(pace) * factor
        if quiet < allowed:
            return CALM
        return _counting(allowed + self._times.countdown * factor - quiet, mask=pace is Pace.SENSITIVE)

    def _allowed(self, pace: Pace) -> int:
        match pace:
            case Pace.ENTRY:
                return self._times.entry
            case Pace.SENSITIVE:
                return self._times.mask
            case _:
                return self._times.warn


def _counting(left: float, *, extendable: bool = True, mask: bool = False) -> Verdict:
    if left <= 0:
        return OVER
    return Verdict(countdown=ceil(left), extendable=extendable, mask=mask)
