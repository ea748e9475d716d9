"""Errors of the core: each has a reason and the key of the sentence that explains it to a person."""

from enum import StrEnum


class Refusal(StrEnum):
    """What the office refuses for a reason that a citizen can do something about: the `code` of its problem document."""

    STALE_CATALOGUE = "stale_catalogue"  # the item, form or rating has another version by now
    REVIEW_REQUIRED = "review_required"
    REVIEW_EXPIRED = "review_expired"
    NUMBERS_USED_UP = "numbers_used_up"
    NOT_BOOKABLE = "not_bookable"
    SLOT_TAKEN = "slot_taken"
    BOOKED_ALREADY = "booked_already"
    NO_SHOW_LIMIT = "no_show_limit"
    HOLD_EXPIRED = "hold_expired"
    CHANGE_TOO_LATE = "change_too_late"
    CHECK_IN_EARLY = "check_in_early"
    CHECK_IN_LATE = "check_in_late"
    WRONG_HALL = "wrong_hall"
    BOOKING_CANCELLED = "booking_cancelled"
    NOT_DEFERRABLE = "not_deferrable"
    PROMISE_BARRED = "promise_barred"
    LICENCE_INVALID = "licence_invalid"
    MATERIAL_MISSING = "material_missing"
    FORM_INVALID = "form_invalid"
    UPLOAD_INVALID = "upload_invalid"
    HAND_OVER_EXPIRED = "hand_over_expired"
    DUPLICATE_CASE = "duplicate_case"
    NO_RESULT_YET = "no_result_yet"
    PRINT_LIMIT = "print_limit"
    NOT_OVERDUE = "not_overdue"
    URGED_ALREADY = "urged_already"
    DELIVERY_CLOSED = "delivery_closed"
    NOT_THE_APPLICANT = "not_the_applicant"
    RATED_ALREADY = "rated_already"
    NOT_RATEABLE = "not_rateable"
    EXPIRED = "expired"


class BackendReason(StrEnum):
    """Why the office gave no good answer."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeOut"  # it may have acted: the outcome is unknown
    BROKEN = "broken"  # 5xx, not JSON, not in the contract
    NOT_FOUND = "notFound"
    RATE_LIMITED = "rateLimited"
    CLOSED = "closed"  # the service gives no numbers now
    REFUSED = "refused"  # any other 4xx
    UNAUTHORISED = "unauthorised"  # this terminal is not enrolled


class BackendError(Exception):
    """The one error of the line to the office; `detail` is for technicians and holds nothing about a citizen.

    `retry_after` is in seconds where the office named it, `refusal` what it refuses where that is known; `sent` False where the
    request cannot have reached the office.
    """

    sent = True

    def __init__(self, reason: BackendReason, detail: str = "", *, retry_after: int | None = None, refusal: Refusal | None = None) -> None:
        super().__init__(f"{reason}{': ' if detail else ''}{detail}")
        self.reason = reason
        self.detail = detail
        self.retry_after = retry_after
        self.refusal = refusal

    @property
    def key(self) -> str:
        """Text key of the sentence for the citizen."""
        if self.refusal is not None:
            return f"refused-{self.refusal.name.lower().replace('_', '-')}"
        return f"office-{self.reason.name.lower().replace('_', '-')}"

    @property
    def unknown_outcome(self) -> bool:
        """Whether the office may have done what it was asked all the same."""
        return self.reason in {BackendReason.TIMEOUT, BackendReason.BROKEN, BackendReason.UNREACHABLE}


class SettingsError(Exception):
    """A config file is wrong; the message names file and key, and the nearest key that exists."""
