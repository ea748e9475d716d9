"""What was decided, as a document to print, and copies of electronic licences: each print is counted and marked."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from kiosk.backend.messages.base import Person, Request, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A line of a document; `value` may be personal."""

    label: Words
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialDocument:
    """A decision or licence as it is printed: copy number `copy`, what it may be used for, and how to verify it."""

    title: Words
    number: str = field(repr=False)
    issuer: Words
    issued: date
    expires: date | None
    facts: tuple[Fact, ...]
    text: tuple[Words, ...]
    copy: int
    purpose: Words  # watermark: 仅供…使用
    valid_until: date  # of this copy
    verify_code: str
    verify_url: str
    printed: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintResult(Request):
    """The document of a finished case as the next copy, for who applied; the same `nonce` is the same copy.

    Refused `not_the_applicant`, `no_result_yet`, `print_limit`.
    """

    PATH: ClassVar = "/v1/results/print"
    REPLY: ClassVar = OfficialDocument

    nonce: str
    token: str = field(repr=False)
    person: Person
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintLicence(Request):
    """A copy of an electronic licence, marked with its purpose. Refused `licence_invalid`, `print_limit`."""

    PATH: ClassVar = "/v1/licences/print"
    REPLY: ClassVar = OfficialDocument

    nonce: str
    token: str = field(repr=False)
    purpose: str
