"""The made-up city's catalogue: written and generated guides, themes, sites, forms and all else a terminal shows."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from kiosk.backend.messages.catalogue import (
    Department,
    Element,
    GuideSchema,
    Neighbour,
    Notice,
    RatingForm,
    Theme,
)
from kiosk.backend.messages.forms import Field, Form
from kiosk.office.catalogue.publishing import publish
from kiosk.office.catalogue.source import CatalogueSource
from kiosk.office.office import Office
from kiosk.office.seed_all_items import Items
from kiosk.office.seed_counties import all_halls
from kiosk.office.seed_sites import divisions, sites
from kiosk.office.seed_words import CATALOGUE, both, choices, lines, toml, words
from kiosk.office.tables import catalogues


def seed_catalogue(connection: Connection, office: Office, generated: int | None = None) -> None:
    """Publish the made-up city's catalogue, unless the one in force was made of the same data; `generated` as in `city_catalogue`."""
    origin = _origin(generated)
    known = connection.execute(select(catalogues.c.origin).where(catalogues.c.replaced.is_(None))).scalar_one_or_none()
    if known != origin:
        publish(connection, city_catalogue(generated), office.now(), origin=origin)


def city_catalogue(generated: int | None = None) -> CatalogueSource:
    """The catalogue, always the same. With `generated` only so many of the generated items, and those that themes name."""
    city, places, maps, forms = (toml(CATALOGUE / f"{name}.toml") for name in ("city", "sites", "map", "forms"))
    halls = all_halls(toml(CATALOGUE.parent / "halls.toml")["hall"], places)
    departments = [row for path in sorted(CATALOGUE.glob("departments_*.toml")) for row in toml(path)["department"]]
    items = Items.read(departments, halls, maps)
    themes = tuple(_theme(row, items.named) for row in city["theme"])
    return CatalogueSource(
        schema=_schema(city["schema"]),
        departments=tuple(Department(code=row["code"], name=words(row["name"])) for row in departments),
        themes=themes,
        sites=sites(halls, places, maps),
        notices=tuple(_notice(row) for row in city["notice"]),
        neighbours=tuple(_neighbour(row) for row in city["neighbour"]),
        forms=tuple(_form(row) for row in forms["form"]),
        rating=RatingForm(version=1, reasons={int(level): choices(rows) for level, rows in city["rating"]["reasons"].items()}),
        order_kinds=choices(city["order_kinds"]),
        complaint_kinds=choices(city["complaint_kinds"]),
        divisions=divisions(places),
        guides=items.guides(generated, {item for theme in themes for item in theme.items}),
    )


def _origin(generated: int | None) -> str:
    """Digest of the data and of the code that makes a catalogue of it."""
    here = Path(__file__).parent
    files = [*sorted(CATALOGUE.rglob("*.toml")), CATALOGUE.parent / "halls.toml", *sorted(here.glob("seed*.py"))]
    return sha256(b"".join(path.read_bytes() for path in files) + str(generated).encode()).hexdigest()


def _schema(row: Mapping[str, Any]) -> GuideSchema:
    elements = tuple(Element(key=key, title=both(chinese, english)) for key, chinese, english in row["elements"])
    return GuideSchema(version=row["version"], elements=elements)


def _theme(row: Mapping[str, Any], named: Mapping[str, str]) -> Theme:
    items = tuple(named[name] for name in row["items"])
    plain = {"code": row["code"], "icon": row["icon"], "business": row.get("business", False)}
    return Theme(**plain, name=words(row["name"]), about=words(row["about"]), items=items)


def _notice(row: Mapping[str, Any]) -> Notice:
    return Notice(code=row["code"], title=words(row["title"]), text=lines(row["text"]), since=row["since"], until=row["until"])


def _neighbour(row: Mapping[str, Any]) -> Neighbour:
    said = {key: words(row[key]) for key in ("name", "where", "hours")}
    return Neighbour(code=row["code"], does=lines(row["does"]), needs=lines(row["needs"]), icon=row["icon"], **said)


def _form(row: Mapping[str, Any]) -> Form:
    fields = tuple(_field(field) for field in row["fields"])
    plain = {"code": row["code"], "version": 1, "signed": row.get("signed", True)}
    return Form(**plain, title=words(row["title"]), fields=fields, declaration=words(row["declaration"]))


def _field(row: Mapping[str, Any]) -> Field:
    plain = {key: row[key] for key in ("key", "kind", "required", "least", "most", "prefill") if key in row}
    condition = row.get("only_if")
    return Field(
        **plain,
        label=words(row["label"]),
        hint=words(row["hint"]) if "hint" in row else None,
        choices=choices(row.get("choices", ())),
        only_if=(condition[0], condition[1]) if condition else None,
    )
