"""Working days: Monday to Friday, as changed by the table of public holidays and make-up working days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_DAY = timedelta(days=1)
_MONDAY, _SATURDAY = 1, 6


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """`exceptions` says of a day whether it is worked, where that differs from Monday to Friday."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        """Whether `day` is a working day."""
        return self.exceptions.get(day, day.isoweekday() < _SATURDAY)

    def timetable(self, day: date) -> int | None:
        """ISO weekday whose opening bands hold on `day`; a make-up working day runs as a Monday, a holiday has none."""
        match self.exceptions.get(day):
            case False:
                return None
            case True:
                return _MONDAY
            case _:
                return day.isoweekday()

    def shift(self, day: date, working_days: int) -> date:
        """The working day `working_days` after (or, if negative, before) `day`; `day` itself for 0."""
        step = _DAY if working_days > 0 else -_DAY
        left = abs(working_days)
        while left:
            day += step
            left -= self.works(day)
        return day
