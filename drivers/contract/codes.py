"""Bar and QR codes."""

from typing import ClassVar

from drivers.contract.messages import Event


class CodeScanned(Event, frozen=True, kw_only=True):
    """A whole code was read and is text within the configured limits."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    text: str


class CodeRejected(Event, frozen=True, kw_only=True):
    """Something was read that cannot be one of our codes: `reason` is `tooLong`, `notText` or `incomplete`."""

    reason: str
