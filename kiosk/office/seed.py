"""The office of a made-up city, for trying things out: halls, services, counters and some hundred cases.

Dates are reckoned from the office's day, so an overdue case is overdue on any day. Seeding again brings this data up to
date and leaves tickets, terminals and the counters' switches as they are.
"""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete

from kiosk.backend.messages import OpenBand, Words
from kiosk.office.database import upsert
from kiosk.office.office import Office, calendar
from kiosk.office.seed_cases import CaseRows, case_rows
from kiosk.office.tables import (
    case_stages,
    case_suspensions,
    cases,
    counter_services,
    counters,
    halls,
    services,
    workdays,
)

_DATA = Path(__file__).parent / "seed_data"
_WEEK = (1, 2, 3, 4, 5)
_MORNING = OpenBand(weekdays=_WEEK, opens="09:00", closes="12:00")
_NOON = OpenBand(weekdays=_WEEK, opens="12:00", closes="13:30", noon=True)
_AFTERNOON = OpenBand(weekdays=_WEEK, opens="13:30", closes="17:00")
_HOURS: Words = {
    "zh-CN": "工作日9:00至17:00；12:00至13:30午间不间断，部分窗口办理",
    "en": "Working days 9:00–17:00, with fewer counters from 12:00 to 13:30",
}
_PRIVACY: Words = {
    "zh-CN": "本单不含个人身份信息，请妥善保管。",
    "en": "This paper holds no personal data; please keep it.",
}


def seed(office: Office) -> None:
    """Put the made-up city into the office's database."""
    data = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_DATA.glob("*.toml"))}
    with office.database.write() as connection:
        _seed_workdays(connection, data["workdays"])
        for hall in data["halls"]["hall"]:
            _seed_hall(connection, hall)
        rows = case_rows(data, office.today(), calendar(connection), office.secret)
        _seed_cases(connection, rows)


def _seed_workdays(connection: Connection, years: Mapping[str, Any]) -> None:
    for year in years.values():
        days = [{"day": day, "works": False} for day in year["off"]] + [{"day": day, "works": True} for day in year["worked"]]
        for day in days:
            _put(connection, workdays, day)


def _seed_hall(connection: Connection, hall: Mapping[str, Any]) -> None:
    texts = {key: hall[key] for key in ("code", "name", "address", "phone", "notices")}
    bands = (_MORNING, _NOON, _AFTERNOON)
    _put(connection, halls, {**texts, "bands": bands, "hours": _HOURS, "privacy": _PRIVACY})
    for position, service in enumerate(hall["service"]):
        plain = {key: service[key] for key in ("code", "prefix", "minutes", "samples", "name", "about")}
        _put(connection, services, {**plain, "hall": hall["code"], "place": service["where"], "position": position})
    connection.execute(delete(counter_services).where(counter_services.c.hall == hall["code"]))
    for counter in hall["counter"]:
        _seed_counter(connection, hall["code"], counter)


def _seed_counter(connection: Connection, hall: str, counter: Mapping[str, Any]) -> None:
    bands = (_MORNING, _NOON, _AFTERNOON) if counter.get("noon") else (_MORNING, _AFTERNOON)
    row = {"hall": hall, "code": counter["code"], "bands": bands, "switched_on": counter.get("switched_on", True)}
    _put(connection, counters, row, keep=("switched_on",))
    for service in counter["services"]:
        connection.execute(counter_services.insert().values(hall=hall, counter=counter["code"], service=service))


def _seed_cases(connection: Connection, rows: CaseRows) -> None:
    numbers = [row["number"] for row in rows.cases]
    for table in (case_stages, case_suspensions):
        connection.execute(delete(table).where(table.c.case.in_(numbers)))
    for row in rows.cases:
        _put(connection, cases, row)
    connection.execute(case_stages.insert(), list(rows.stages))
    connection.execute(case_suspensions.insert(), list(rows.suspensions))


def _put(connection: Connection, table: Table, row: Mapping[str, Any], keep: Sequence[str] = ()) -> None:
    """Insert the row or bring it up to date, but for the columns to `keep`."""
    keys = [column.name for column in table.primary_key]
    insert = upsert(connection, table).values(**row)
    changed = {name: insert.excluded[name] for name in row if name not in keys and name not in keep}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=changed))
