"""What the office says about days and bookings in words."""

from datetime import date

from kiosk.backend.messages import Words
from kiosk.office.workdays import WorkCalendar

FULL: Words = {"zh-CN": "当天已约满", "en": "Fully booked"}
NO_WINDOW: Words = {"zh-CN": "当天没有窗口办这个事项", "en": "No counter for this service that day"}
HOLIDAY: Words = {"zh-CN": "法定节假日，不办公", "en": "Closed: public holiday"}
WEEKEND: Words = {"zh-CN": "周末，不办公", "en": "Closed: weekend"}


def why_nothing(day: date, days: WorkCalendar, *, planned: bool) -> Words:
    """Why nothing can be booked on the day; `planned`: it has slots."""
    if planned:
        return FULL
    if days.timetable(day) is None:
        return HOLIDAY
    return NO_WINDOW if days.works(day) else WEEKEND
