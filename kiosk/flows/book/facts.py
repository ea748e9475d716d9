"""What the terminal knows while one citizen books, or looks after a booking."""

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.backend.messages.bookings import BookingDay
from kiosk.steps.find_booking import WithBooking
from kiosk.steps.items import WithItem
from kiosk.steps.phone import WithPhone
from kiosk.steps.printing import WithPrint
from kiosk.texts import Label


@dataclass(frozen=True, kw_only=True, repr=False)
class Facts(WithBooking, WithItem, WithPhone, WithPrint):
    """The choice so far, and the booking it became. With `moving` another time is chosen for it."""

    hall: str = ""
    days: tuple[BookingDay, ...] = ()
    day: date | None = None
    start: datetime | None = None
    nonce: str = ""
    moving: bool = False
    said: Label = ""  # why the days are shown again

    @property
    def chosen_day(self) -> BookingDay:
        """The day that was chosen; only called after that."""
        return next(one for one in self.days if one.day == self.day)
