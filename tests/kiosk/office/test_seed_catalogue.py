import json
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest
from office_help import FEW
from sqlalchemy import select

from kiosk.backend.messages.catalogue import Level, ListTag
from kiosk.backend.messages.catalogue_requests import GetCatalogue, GuidePage, ListGuides
from kiosk.backend.messages.forms import FieldKind
from kiosk.backend.wire import decode
from kiosk.office.catalogue.checking import check
from kiosk.office.catalogue.pinyin import initials, reading
from kiosk.office.catalogue.reading import current_version, guide, head, page
from kiosk.office.seed import seed
from kiosk.office.seed_catalogue import city_catalogue
from kiosk.office.tables import counter_services, halls, services

LARGEST_REPLY = 1024 * 1024


@pytest.fixture(scope="module")
def city():
    return city_catalogue()


def by_synonym(city, said):
    return {one.name["zh-CN"] for one in city.guides if said in one.synonyms}


def test_the_city_is_as_large_as_a_city(city):
    assert len(city.guides) >= 4000
    assert len({one.name["zh-CN"] for one in city.guides}) == len({one.name["en"] for one in city.guides}) == len(city.guides)
    assert len(city.departments) >= 45
    assert Counter(site.level for site in city.sites) == {Level.CITY: 1, Level.COUNTY: 10, Level.TOWNSHIP: 52, Level.VILLAGE: 93}
    assert len([one for one in city.themes if one.business]) >= 8
    assert len([one for one in city.themes if not one.business]) >= 12


def test_all_of_it_can_be_published_and_lacks_nothing(city):
    queues = frozenset((place.hall, place.queue) for one in city.guides for place in one.places)
    assert check(city, queues) == ()


def test_shares_are_those_of_a_real_city(city):
    count = Counter(tag for one in city.guides for tag in one.lists)
    online, at_once = count[ListTag.ONLINE] / len(city.guides), count[ListTag.AT_ONCE] / len(city.guides)
    assert 0.68 < online < 0.72
    assert 0.2 < at_once < 0.4
    assert {one.visits for one in city.guides} == {0, 1, 2}
    assert all(one.instant == (ListTag.AT_ONCE in one.lists and one.promised_days == 0) or one.promised_days > 0 for one in city.guides)
    assert all((ListTag.ONE_VISIT in one.lists) == (one.visits < 2) for one in city.guides[40:])
    halls = {len(one.places) for one in city.guides}
    assert {1, 5, 11} <= halls


def test_steps_that_count_take_the_promised_time(city):
    for one in city.guides:
        counting = sum(step.days for step in one.process if not step.suspends)
        assert counting <= one.promised_days, one.code
        assert min(step.days for step in one.process) >= 0
        assert one.instant or counting == one.promised_days or one.code == "divorce", one.code


def test_readings_are_those_of_the_whole_name(city):
    for one in city.guides:
        assert one.initials == initials(one.pinyin)
        assert one.pinyin == reading(one.name["zh-CN"]), one.name["zh-CN"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("办营业执照", "企业设立登记"),
        ("上户口", "出生登记"),
        ("查社保", "个人社会保险参保证明打印"),
        ("查社保", "个人社会保险缴费记录查询"),
        ("公积金提取", "住房公积金提取（租赁住房）"),
        ("公积金提取", "住房公积金提取（购买自住住房）申请"),
        ("外地看病报销", "异地就医备案"),
        ("二手房过户", "国有建设用地使用权及房屋所有权转移登记（二手房买卖）"),
        ("换驾照", "机动车驾驶证期满换证申请"),
        ("卖烟证", "烟草专卖零售许可（乡村）新办"),
        ("护照", "普通护照（换发）申请"),
        ("领低保", "最低生活保障金申领"),
        ("装天然气", "供气（居民用户）报装"),
        ("开饭店", "食品经营许可新办"),
    ],
)
def test_what_people_say_leads_to_what_it_is_called(city, said, name):
    assert name in by_synonym(city, said)


def test_the_written_ones_are_whole(city):
    written = [one for one in city.guides if not any(part[:2].isdigit() for part in one.code.split("-"))]
    assert len(written) == 40
    for one in written:
        assert one.synonyms, one.code
        assert len(one.brief) >= 1
        assert all(element.key in one.texts or getattr(one, element.key, None) for element in city.schema.elements), one.code
    assert sum(one.bookable for one in written) > 20
    assert sum(one.review for one in written) > 8
    assert sum(bool(one.form) for one in written) > 20
    assert any(material.stage == "siteCheck" for one in written for material in one.materials)
    assert {"deferrable", "licence", "needed_if"} <= {
        name for one in written for material in one.materials for name in ("deferrable", "licence", "needed_if") if getattr(material, name)
    }


def test_forms_ask_for_everything_a_form_can(city):
    fields = [field for form in city.forms for field in form.fields]
    assert {field.kind for field in fields} == set(FieldKind)
    assert sum(field.only_if is not None for field in fields) > 15
    assert {field.prefill for field in fields} == {"", "person.name", "person.number", "person.address"}


def test_icons_are_in_the_font(city):
    package = Path(find_spec("qtawesome").submodule_search_locations[0])
    known = json.loads((package / "fonts" / "phosphor-charmap-1.3.0.json").read_text(encoding="ascii"))
    assert {one.icon for one in (*city.themes, *city.neighbours)} - set(known) == set()


def test_a_terminal_takes_every_page_and_the_head(city):
    guides = sorted(city.guides, key=lambda one: one.code)
    for start in range(0, len(guides), 100):
        said = GuidePage(version="1-0123456789ab", guides=tuple(guides[start : start + 100]), next=None)
        body = msgspec.json.encode(said)
        assert len(body) < LARGEST_REPLY
        if start % 1000 == 0:  # decoding is slow
            assert decode(ListGuides(), body) == said


def test_the_same_comes_out_each_time_and_less_where_less_is_wanted(city):
    one, again = city_catalogue(FEW), city_catalogue(FEW)
    assert one == again
    assert {guide.code for guide in one.guides} <= {guide.code for guide in city.guides}
    assert 40 + FEW < len(one.guides) < 300
    assert len({guide.department for guide in one.guides}) > 40


def test_seeding_again_leaves_the_catalogue_as_it_is(office, clock):
    def version():
        with office.database.read() as connection:
            return current_version(connection)

    first = version()
    clock.go(days=3)
    seed(office, generated=FEW)
    assert version() == first
    seed(office, generated=0)
    assert version() != first
    with office.database.read() as connection:
        assert guide(connection, "food-licence").version == 1
        assert page(connection, "", 1).version == version()


def test_all_eleven_halls_have_queues_and_counters(office):
    with office.database.read() as connection:
        known = connection.execute(select(halls.c.code)).scalars().all()
        served = set(connection.execute(select(counter_services.c.hall, counter_services.c.service)).all())
        offered = set(connection.execute(select(services.c.hall, services.c.code)).all())
        seen = head(connection, "city")
    assert len(known) == 11
    assert served == offered
    assert {hall for hall, _ in offered} == set(known) == {site.code for site in seen.sites if site.level in {Level.CITY, Level.COUNTY}}
    assert all((hall, "help") in offered for hall in known)
    with_weekend = [site for site in seen.sites if site.weekend]
    assert all((6 in {day for band in site.bands for day in band.weekdays}) == (site.weekend is not None) for site in seen.sites)
    assert {site.level for site in with_weekend} == {Level.COUNTY, Level.TOWNSHIP}
    assert decode(GetCatalogue(), msgspec.json.encode(seen)) == seen


def test_divisions_lead_down_to_the_village(city):
    province, *others = city.divisions[""]
    assert len(others) == 34
    assert not any(one.code in city.divisions for one in others)
    (lucheng,) = city.divisions[province.code]
    counties = city.divisions[lucheng.code]
    towns = [town for county in counties for town in city.divisions[county.code]]
    villages = [village for town in towns for village in city.divisions[town.code]]
    assert (len(counties), len(towns), len(villages)) == (10, 52, 208)
    assert ("永安社区", "Yong'an Community") in {(one.name["zh-CN"], one.name["en"]) for one in villages}


def test_no_two_areas_of_a_map_lie_on_each_other_and_one_stands_in_a_zone(city):
    floors = [floor for site in city.sites for floor in site.floors]
    assert len(floors) == 5
    for floor in floors:
        for n, one in enumerate(floor.areas):
            for other in floor.areas[n + 1 :]:
                beside = one.x >= other.x + other.width or other.x >= one.x + one.width
                assert beside or one.y >= other.y + other.height or other.y >= one.y + one.height, (one.code, other.code)
    for floor in (floor for floor in floors if floor.here):
        zone = next(area for area in floor.areas if area.code == "zone")
        x, y = floor.here
        assert zone.x < x < zone.x + zone.width
        assert zone.y < y < zone.y + zone.height


def test_what_is_done_on_the_spot_has_no_visit_in_between(city):
    assert not [one.code for one in city.guides if one.instant and any(step.suspends for step in one.process)]


def test_nobody_says_a_word_twice(city):
    assert not [said for one in city.guides for said in one.synonyms if any(word * 2 in said for word in ("备案", "登记", "证", "申请"))]
