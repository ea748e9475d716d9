"""The office of a made-up city, for trying things out: halls, services, counters, some hundred cases, licences and bookings.

Dates are reckoned from the office's day, so an overdue case is overdue on any day. Seeding again brings this data up to
date and leaves tickets, terminals and the counters' switches as they are.
"""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete

from kiosk.backend.messages import Words
from kiosk.office.bookings.seeding import seed_bookings
from kiosk.office.database import upsert
from kiosk.office.licences.seeding import seed_licences
from kiosk.office.office import Office, calendar
from kiosk.office.queue.clerks import enrol_clerk
from kiosk.office.seed_cases import CaseRows, case_rows
from kiosk.office.seed_catalogue import seed_catalogue
from kiosk.office.seed_counties import all_halls
from kiosk.office.seed_hours import AFTERNOON, HALL_BANDS, HALL_HOURS, MORNING
from kiosk.office.seed_words import CATALOGUE, toml
from kiosk.office.tables import (
    case_results,
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
_PRIVACY: Words = {
    "zh-CN": "本单不含个人身份信息，请妥善保管。",
    "en": "This paper holds no personal data; please keep it.",
}


def seed(office: Office, *, generated: int | None = None) -> None:
    """Put the made-up city into the office's database.

    Its catalogue has some forty written items and thousands of generated ones, or so many as `generated` says; one made of the same
    data is left as it is.
    """
    data = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_DATA.glob("*.toml"))}
    with office.database.write() as connection:
        _seed_workdays(connection, data["workdays"])
        for hall in all_halls(data["halls"]["hall"], toml(CATALOGUE / "sites.toml")):
            _seed_hall(connection, hall)
        for clerk in data["clerks"]["clerk"]:
            enrol_clerk(connection, **{**clerk, "services": tuple(clerk.get("services", ()))})
        seed_catalogue(connection, office, generated)
        rows = case_rows(data, office.today(), calendar(connection), office.secret)
        _seed_cases(connection, rows)
        people = {one.get("key", one["name"]): one for one in data["people"]["person"]}
        seed_licences(connection, office, people, data["licences"])
        seed_bookings(connection, office, people, data["bookings"])


def _seed_workdays(connection: Connection, years: Mapping[str, Any]) -> None:
    for year in years.values():
        days = [{"day": day, "works": False} for day in year["off"]] + [{"day": day, "works": True} for day in year["worked"]]
        for day in days:
            _put(connection, workdays, day)


def _seed_hall(connection: Connection, hall: Mapping[str, Any]) -> None:
    texts = {key: hall[key] for key in ("code", "name", "address", "phone", "notices")}
    hours = {"bands": hall.get("bands", HALL_BANDS), "hours": hall.get("hours", HALL_HOURS)}
    _put(connection, halls, {**texts, **hours, "privacy": _PRIVACY})
    for position, service in enumerate(hall["service"]):
        plain = {key: service[key] for key in ("code", "prefix", "minutes", "samples", "name", "about")}
        _put(connection, services, {**plain, "hall": hall["code"], "place": service["where"], "position": position})
    connection.execute(delete(counter_services).where(counter_services.c.hall == hall["code"]))
    for counter in hall["counter"]:
        _seed_counter(connection, hall["code"], counter)


def _seed_counter(connection: Connection, hall: str, counter: Mapping[str, Any]) -> None:
    bands = counter.get("bands", HALL_BANDS if counter.get("noon") else (MORNING, AFTERNOON))
    row = {"hall": hall, "code": counter["code"], "bands": bands, "switched_on": counter.get("switched_on", True)}
    _put(connection, counters, row, keep=("switched_on",))
    for service in counter["services"]:
        connection.execute(counter_services.insert().values(hall=hall, counter=counter["code"], service=service))


def _seed_cases(connection: Connection, rows: CaseRows) -> None:
    numbers = [row["number"] for row in rows.cases]
    for table in (case_results, case_stages, case_suspensions):
        connection.execute(delete(table).where(table.c.case.in_(numbers)))
    for row in rows.cases:
        _put(connection, cases, row)
    connection.execute(case_results.insert(), list(rows.results))
    connection.execute(case_stages.insert(), list(rows.stages))
    connection.execute(case_suspensions.insert(), list(rows.suspensions))


def _put(connection: Connection, table: Table, row: Mapping[str, Any], keep: Sequence[str] = ()) -> None:
    """Insert the row or bring it up to date, but for the columns to `keep`."""
    keys = [column.name for column in table.primary_key]
    insert = upsert(connection, table).values(**row)
    changed = {name: insert.excluded[name] for name in row if name not in keys and name not in keep}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=changed))
