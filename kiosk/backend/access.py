"""Where the office is and how long the terminal waits for it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeAccess:
    """`url` of the office and the terminal's `key`; `ca` is the path of a CA file, None means the usual authorities.

    Times are seconds: to connect, between two bytes, for a whole request with its retries, and between two polls of the
    office's health while it is up and while it is down.
    """

    url: str
    key: str = field(repr=False)
    ca: str | None = None
    connect: float = 3.0
    read: float = 5.0
    total: float = 10.0
    poll_up: float = 5.0
    poll_down: float = 2.0
