"""Errors of the core: each has a reason and the key of the sentence that explains it to a person."""

from enum import StrEnum


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

    `retry_after` is in seconds where the office named it.
    """

    def __init__(self, reason: BackendReason, detail: str = "", *, retry_after: int | None = None) -> None:
        super().__init__(f"{reason}{': ' if detail else ''}{detail}")
        self.reason = reason
        self.detail = detail
        self.retry_after = retry_after

    @property
    def key(self) -> str:
        """Text key of the sentence for the citizen."""
        return f"office-{self.reason.name.lower().replace('_', '-')}"

    @property
    def unknown_outcome(self) -> bool:
        """Whether the office may have done what it was asked all the same."""
        return self.reason in {BackendReason.TIMEOUT, BackendReason.BROKEN, BackendReason.UNREACHABLE}


class SettingsError(Exception):
    """A config file is wrong; the message names file and key, and the nearest key that exists."""
