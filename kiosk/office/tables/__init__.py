"""The tables of the office, by topic in the modules of this package; importing it makes `metadata` whole."""

from kiosk.office.tables.base import Bands, Moment, metadata
from kiosk.office.tables.first import (
    case_stages,
    case_suspensions,
    cases,
    counter_services,
    counters,
    halls,
    lookup_guards,
    number_sequences,
    services,
    terminals,
    ticket_prints,
    tickets,
    workdays,
)

__all__ = [
    "Bands",
    "Moment",
    "case_stages",
    "case_suspensions",
    "cases",
    "counter_services",
    "counters",
    "halls",
    "lookup_guards",
    "metadata",
    "number_sequences",
    "services",
    "terminals",
    "ticket_prints",
    "tickets",
    "workdays",
]
