import json
import re
from dataclasses import replace

import msgspec
import pytest
from catalogue_help import changed, city, small
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.backend.messages import OpenBand
from kiosk.backend.messages.catalogue import Fee, Level
from kiosk.backend.messages.forms import Choice
from kiosk.office.catalogue import checking
from kiosk.office.catalogue.checking import check
from kiosk.office.catalogue.source import CatalogueFileError, CatalogueSource, load, save

FUZZ = settings(max_examples=60, deadline=None, derandomize=True)
GUIDE, FORM, SITE = small().guides[0], small().forms[0], small().sites[0]
NOWHERE = {"zh-CN": " ", "en": "x"}


def guide(**more):
    return changed(small(), **more)


def texts(**more):
    return guide(texts={**GUIDE.texts, **more})


def material(**more):
    return guide(materials=(replace(GUIDE.materials[0], **more), *GUIDE.materials[1:]))


def form(**more):
    return replace(small(), forms=(replace(FORM, **more), *small().forms[1:]))


def field(**more):
    return form(fields=(replace(FORM.fields[0], **more), *FORM.fields[1:]))


def site(n=0, **more):
    sites = list(small().sites)
    sites[n] = replace(sites[n], **more)
    return replace(small(), sites=tuple(sites))


def floor(**more):
    return site(floors=(replace(SITE.floors[0], **more), *SITE.floors[1:]))


def said(source):
    return [str(finding) for finding in check(source)]


def test_the_city_has_nothing_to_be_said_about():
    assert said(city()) == []


FAULTS = [
    (texts(conditions=()), "审批内容"),
    (guide(process=()), "审批程序"),
    (texts(basis=()), "审批依据"),
    (guide(materials=()), "申报材料"),
    (guide(promised_days=0, instant=False), "承诺时限"),
    (texts(fees=()), "收费标准"),
    (guide(fees=(Fee(name=GUIDE.name, amount=1, basis={}),)), "收费依据"),
    (guide(department="nowhere"), "department nowhere is unknown"),
    (guide(form="nothing"), "form nothing is unknown"),
    (material(form="nothing"), "form nothing is unknown"),
    (guide(places=(replace(GUIDE.places[0], hall="nowhere"),)), "hall nowhere is unknown"),
    (guide(places=(replace(GUIDE.places[0], area="Q"),)), "area Q is not on the map of city"),
    (guide(materials=(), texts={**GUIDE.texts, "materials": (GUIDE.name,)}), "pre-review without materials"),
    (guide(statutory_days=1, promised_days=2), "more days than the law gives"),
    (guide(visits=-1), "negative"),
    (material(copies=-1), "negative"),
    (material(deferrable=True, defer_days=0), "do not agree"),
    (material(deferrable=False, defer_days=5), "do not agree"),
    (guide(materials=(GUIDE.materials[0],) * 2), "is used 2 times"),
    (guide(version=10**9), "version 1000000000"),
    (form(version=-1), "version -1"),
    (guide(code="has space"), "'has space' is no code"),
    (guide(name=NOWHERE), "has no Chinese"),
    (texts(basis=({"zh-CN": "长" * 4001, "en": "x"},)), "longer than 4000"),
    (texts(basis=({"zh-CN": "长" * 3999, "en": "x"},) * 30), "larger than 256 KiB"),
    (replace(small(), guides=small().guides * 2), "is used 2 times"),
    (replace(city(), guides=city().guides[5:]), "names the missing item"),
    (form(fields=()), "has no fields"),
    (form(fields=FORM.fields[:1] * 2), "is used 2 times"),
    (field(kind="choice", choices=()), "nothing to choose from"),
    (field(choices=(Choice(code="a,b", name=GUIDE.name),)), "has a comma"),
    (field(least=9, most=3), "limits 9 to 3"),
    (field(least=-1), "limits -1"),
    (field(prefill="person.phone"), "prefill person.phone"),
    (field(only_if=("number", "1")), "not asked before"),
    (form(fields=(replace(FORM.fields[0], kind="choice", choices=(Choice(code="a", name=GUIDE.name),)), replace(FORM.fields[1], only_if=("name", "b")))), "cannot be"),
    (site(1, parent="nowhere"), "unknown site nowhere"),
    (site(1, level=Level.CITY), "stands under one of level city"),
    (site(bands=(OpenBand(weekdays=(1,), opens="12:00", closes="09:00"),)), "no opening hours"),
    (site(bands=(OpenBand(weekdays=(8,), opens="09:00", closes="12:00"),)), "no opening hours"),
    (site(bands=(OpenBand(weekdays=(1,), opens="9:00", closes="12:00"),)), "no opening hours"),
    (site(weekend=NOWHERE), "has no Chinese"),
    (floor(here=(1.2, 0.5)), "outside of it"),
    (floor(areas=(replace(SITE.floors[0].areas[0], x=0.9, width=0.3),)), "outside of it"),
    (floor(areas=(*SITE.floors[0].areas, SITE.floors[0].areas[0])), "is used 2 times"),
    (replace(small(), notices=(replace(small().notices[0], until=small().notices[0].since.replace(year=2000)),)), "ends before it begins"),
    (replace(small(), divisions={**small().divisions, "123": ()}), "nothing is called 123"),
    (replace(small(), divisions={"": tuple(Choice(code=f"c{n}", name=GUIDE.name) for n in range(5001))}), "longer than 5000"),
    (replace(small(), rating=replace(small().rating, reasons={5: ()})), "levels 1 to 5"),
    (replace(small(), complaint_kinds=(Choice(code="", name=GUIDE.name),)), "'' is no code"),
    (replace(small(), neighbours=(replace(small().neighbours[0], does=({"zh-CN": "远" * 4001},)),)), "longer than 4000"),
    (replace(small(), neighbours=(replace(small().neighbours[0], hours=NOWHERE),)), "has no Chinese"),
    (replace(small(), themes=(replace(city().themes[0], about=NOWHERE),)), "has no Chinese"),
    (floor(name=NOWHERE), "has no Chinese"),
    (floor(areas=(replace(SITE.floors[0].areas[0], about={"zh-CN": "远" * 4001}),)), "longer than 4000"),
    (replace(small(), neighbours=(replace(small().neighbours[0], where={"zh-CN": "远" * 4000, "en": "far" * 300_000}),)), "larger than 900 KiB"),
]


@pytest.mark.parametrize(("source", "what"), FAULTS, ids=[what for _, what in FAULTS])
def test_faults_are_found(source, what):
    found = [finding for finding in check(source) if what in finding.what]
    assert found, said(source)
    assert all(finding.fault for finding in found)


def test_more_guides_than_terminals_take_are_a_fault(monkeypatch):
    monkeypatch.setattr(checking, "MOST_GUIDES", 2)
    (found,) = check(small())
    assert (found.what, found.fault) == ("has more than 2 guides", True)


NOTES = [
    (texts(remedies=()), "lacks standard elements: remedies"),
    (guide(places=(), texts={key: lines for key, lines in GUIDE.texts.items() if key not in {"places", "delivery"}}), "lacks standard elements: delivery, places"),
    (field(kind="fingerprint"), "the kind fingerprint"),
    (guide(name={"zh-CN": "只有中文"}), "1 texts have no English"),
    (replace(small(), themes=(replace(city().themes[0], items=()),)), "has no items"),
]


@pytest.mark.parametrize(("source", "what"), NOTES, ids=[what for _, what in NOTES])
def test_what_is_merely_missing_is_noted_and_may_be_published(source, what):
    (found,) = check(source)
    assert what in found.what
    assert not found.fault


def test_queues_are_checked_where_they_are_known():
    mine = {(place.hall, place.queue) for one in small().guides for place in one.places}
    assert check(small(), frozenset(mine)) == ()
    assert {f.what for f in check(small(), frozenset(mine - {("city", "business")}))} == {"hall city has no queue business"}


@pytest.mark.parametrize("name", ["c.json", "c.toml"])
def test_a_file_says_what_was_saved(tmp_path, name):
    path = tmp_path / name
    if path.suffix == ".json":
        save(small(), path)
    else:
        path.write_text("\n".join(f"{key} = {as_toml(one)}" for key, one in msgspec.to_builtins(small()).items()), encoding="utf-8")
    assert load(path) == small()


def as_toml(value):
    """TOML has no null: what is None is left out."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(str(key))} = {as_toml(one)}" for key, one in value.items() if one is not None) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    is_day = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    return value if is_day else json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"guides": 1}', b'{"schema": {"version": "1"}}'])
def test_files_that_are_no_catalogue(tmp_path, content):
    for name in ("c.json", "c.toml"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(CatalogueFileError, match=name):
            load(tmp_path / name)


PLAIN = json.loads(msgspec.json.encode(replace(small(), sites=small().sites[:2], forms=small().forms[:2], divisions={}, guides=small().guides[:1])))
ANYTHING = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.just([]) | st.just({})


def paths(value, way=()):
    yield way
    for key, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from paths(one, (*way, key))


PATHS = [way for way in paths(PLAIN) if way]


@FUZZ
@given(way=st.sampled_from(PATHS), value=ANYTHING)
def test_whatever_stands_anywhere_in_a_file_it_is_no_catalogue_or_it_can_be_checked(tmp_path_factory, way, value):
    whole = json.loads(json.dumps(PLAIN))
    inside = whole
    for key in way[:-1]:
        inside = inside[key]
    inside[way[-1]] = value
    path = tmp_path_factory.getbasetemp() / "hostile.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    try:
        source = load(path)
    except CatalogueFileError:
        return
    assert isinstance(source, CatalogueSource)
    check(source)
