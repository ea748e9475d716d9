"""The licence store of the made-up city."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from kiosk.backend.messages import Person
from kiosk.office.database import upsert
from kiosk.office.licences.store import licence_token
from kiosk.office.office import Office
from kiosk.office.people import person_key
from kiosk.office.tables import licences
from kiosk.office.tokens import fingerprint

_NUMBER = {"zh-CN": "证件号码", "en": "Number"}
_HOLDER = {"zh-CN": "持证人", "en": "Holder"}
_DIGITS = 8


def seed_licences(connection: Connection, office: Office, people: Mapping[str, Mapping[str, str]], data: Mapping[str, Any]) -> None:
    """Bring the licences of `people` (by key) up to date with the office's day."""
    for row in _rows(office, people, data):
        insert = upsert(connection, licences).values(**row)
        changed = {name: insert.excluded[name] for name in row if name != "id"}
        connection.execute(insert.on_conflict_do_update(index_elements=["id"], set_=changed))


def _rows(office: Office, people: Mapping[str, Mapping[str, str]], data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for key, owned in data["people"].items():
        for one in owned:
            yield _row(office, people[key], f"seed-{key}-{one['kind']}", one, data["kind"][one["kind"]])


def _row(office: Office, person: Mapping[str, str], name: str, one: Mapping[str, Any], kind: Mapping[str, Any]) -> dict[str, Any]:
    licence = fingerprint(name)[:32]
    digits = f"{int(fingerprint(name), 16) % 10**_DIGITS:0{_DIGITS}d}"
    number = f"{kind['prefix']}{digits}" if kind["prefix"] else person["number"]
    return {
        "id": licence,
        "token_hash": fingerprint(licence_token(office, licence)),
        "person": person_key(office, Person(number=person["number"], name=person["name"])),
        "holder": person["name"],
        "kind": one["kind"],
        "name": kind["name"],
        "number": number,
        "issuer": kind["issuer"],
        "issued": _day(office, -one["issued"]),
        "expires": _day(office, one["left"]) if "left" in one else None,
        "revoked": _day(office, -one["revoked"]) if "revoked" in one else None,
        "facts": [{"label": _HOLDER, "value": person["name"]}, {"label": _NUMBER, "value": number}],
        "text": kind["text"],
    }


def _day(office: Office, days: int) -> date:
    return office.today() + timedelta(days=days)
