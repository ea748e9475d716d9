import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from catalogue_help import changed, opened, put, shuffled_codes, small, without_queues
from office_help import FRIDAY
from sqlalchemy import func, select

from kiosk.office.catalogue import Kind, form, guide, head, is_current, rating
from kiosk.office.catalogue.publishing import CatalogueError, publish
from kiosk.office.catalogue.reading import current_version, in_force, page
from kiosk.office.catalogue.source import RATING_CODE
from kiosk.office.tables import catalogue_parts, catalogues

DAY = timedelta(days=1)
FIRST, SECOND, THIRD = (one.code for one in small().guides)


@pytest.fixture
def database(empty):
    with opened(empty) as one:
        yield one


def look(database, ask, *args, **more):
    with database.read() as connection:
        return ask(connection, *args, **more)


def test_before_the_first_catalogue_there_is_nothing(database):
    assert look(database, current_version) is None
    assert look(database, head, "city") is None
    assert look(database, page, "", 10) is None
    assert look(database, in_force) is None
    assert look(database, guide, FIRST) is None
    assert look(database, form, "newborn") is None
    assert look(database, rating) is None
    assert not look(database, is_current, FIRST, 1, FRIDAY)


@pytest.mark.postgres
def test_what_was_published_is_what_is_read(database):
    version = put(database, small())
    assert look(database, current_version) == version
    assert look(database, guide, FIRST) == without_queues(small()).guides[0]
    assert look(database, form, "newborn") == next(one for one in small().forms if one.code == "newborn")
    assert look(database, rating) == small().rating
    assert look(database, in_force) == replace(without_queues(small()), guides=tuple(sorted(without_queues(small()).guides, key=lambda one: one.code)))
    seen = look(database, head, "city")
    assert (seen.version, seen.published, seen.here) == (version, FRIDAY, "city")
    assert seen.divisions == small().divisions
    assert seen.rating.reasons[1] == small().rating.reasons[1]


def test_each_hall_sees_where_its_own_terminals_stand(database):
    put(database, small())
    for hall in ("city", "baiyang", "lujiao"):
        seen = look(database, head, hall)
        standing = {site.code for site in seen.sites for floor in site.floors if floor.here}
        assert (seen.here, standing) == (hall, {hall} - {"lujiao"})  # lujiao has no map


def test_the_same_again_is_no_new_version(database):
    first = put(database, small())
    assert put(database, small(), FRIDAY + DAY) == first
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(catalogues)).scalar_one() == 1


def test_only_what_changed_gets_a_new_version(database):
    first = put(database, small())
    second = put(database, changed(small(), visits=9), FRIDAY + DAY)
    assert first != second
    assert look(database, guide, FIRST).visits == 9
    assert [look(database, guide, code).version for code in (FIRST, SECOND, THIRD)] == [2, 1, 1]
    assert look(database, guide, FIRST, 1).visits == small().guides[0].visits
    assert look(database, guide, FIRST, 3) is None


@pytest.mark.postgres
def test_a_replaced_version_is_taken_for_a_day(database):
    put(database, small())
    put(database, changed(small(), visits=9), FRIDAY + DAY)
    put(database, changed(small(), visits=8), FRIDAY + DAY + timedelta(minutes=1))  # two in a row: the first is still taken
    for version, last in ((1, FRIDAY + 2 * DAY), (2, FRIDAY + 2 * DAY + timedelta(minutes=1))):
        assert look(database, is_current, FIRST, version, last - timedelta(seconds=1))
        assert not look(database, is_current, FIRST, version, last)
    far = FRIDAY + 400 * DAY
    assert look(database, is_current, FIRST, 3, far)
    assert look(database, is_current, SECOND, 1, far)
    assert not look(database, is_current, FIRST, 4, FRIDAY)
    assert not look(database, is_current, "nothing", 1, FRIDAY)


def test_forms_and_the_rating_form_have_versions_of_their_own(database):
    put(database, small())
    reasons = {**small().rating.reasons, 3: small().rating.reasons[3][:1]}
    title = {"zh-CN": "新标题", "en": "New title"}
    forms = (replace(small().forms[0], title=title), *small().forms[1:])
    put(database, replace(small(), forms=forms, rating=replace(small().rating, reasons=reasons)), FRIDAY + DAY)
    code = small().forms[0].code
    assert (look(database, form, code).version, look(database, form, small().forms[1].code).version) == (2, 1)
    assert look(database, form, code, 1).title == small().forms[0].title
    assert (look(database, rating).version, look(database, rating, 1).reasons) == (2, small().rating.reasons)
    seen = look(database, head, "city")
    assert (seen.forms[0].version, seen.rating.version) == (2, 2)
    for kind, one in ((Kind.FORM, code), (Kind.RATING, RATING_CODE)):
        assert look(database, is_current, one, 1, FRIDAY + 1.5 * DAY, kind)
        assert not look(database, is_current, one, 1, FRIDAY + 2 * DAY, kind)


def test_an_item_taken_away_is_gone_and_comes_back_as_another_version(database):
    put(database, small())
    put(database, replace(small(), guides=small().guides[1:]), FRIDAY + DAY)
    assert look(database, guide, FIRST) is None
    assert look(database, guide, FIRST, 1) is not None
    assert look(database, is_current, FIRST, 1, FRIDAY + 1.5 * DAY)
    put(database, small(), FRIDAY + 3 * DAY)
    assert look(database, guide, FIRST).version == 2
    assert not look(database, is_current, FIRST, 1, FRIDAY + 3 * DAY)


def test_an_author_may_count_ahead_but_not_back(database):
    put(database, changed(small(), version=7))
    assert look(database, guide, FIRST).version == 7
    put(database, changed(small(), version=2, visits=9))
    assert look(database, guide, FIRST).version == 8


def test_readings_are_filled_in(database):
    put(database, changed(small(), name={"zh-CN": "重庆银行行长参保调档", "en": "x"}, pinyin="", initials=""))
    found = look(database, guide, FIRST)
    assert (found.pinyin, found.initials) == ("chong qing yin hang hang zhang can bao diao dang", "cqyhhzcbdd")


def test_what_has_faults_is_refused_and_leaves_nothing(database):
    first = put(database, small())
    with pytest.raises(CatalogueError, match="department nowhere") as caught:
        put(database, changed(small(), department="nowhere"), FRIDAY + DAY)
    assert [str(one) for one in caught.value.findings] == [f"fault  guide {FIRST}: department nowhere is unknown"]
    assert look(database, current_version) == first
    assert look(database, guide, FIRST).version == 1


def test_queues_that_halls_do_not_have_are_faults(database):
    with database.write() as connection, pytest.raises(CatalogueError, match="has no queue"):
        publish(connection, small(), FRIDAY)


@pytest.mark.postgres
def test_publishers_at_once_come_one_after_the_other(database):
    gate, versions = threading.Barrier(4), []

    def run(visits):
        gate.wait(20)
        versions.append(put(database, changed(small(), visits=visits)))

    threads = [threading.Thread(target=run, args=(visits,)) for visits in (5, 6, 7, 8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(version.split("-")[0] for version in versions) == ["1", "2", "3", "4"]
    with database.read() as connection:
        stored = connection.execute(select(catalogue_parts.c.version).where(catalogue_parts.c.kind == Kind.GUIDE, catalogue_parts.c.code == FIRST)).scalars().all()
        standing = connection.execute(select(catalogues.c.id).where(catalogues.c.replaced.is_(None))).scalars().all()
    assert (sorted(stored), standing) == ([1, 2, 3, 4], [4])


def walk(database, limit):
    """Codes of all guides page by page, and the pages' sizes."""
    after, codes, sizes = "", [], []
    while after is not None:
        found = look(database, page, after, limit)
        codes += [bytes(one).decode().split('"code":"')[1].split('"')[0] for one in found.guides]
        sizes.append(len(found.guides))
        after = found.next
    return codes, sizes


@pytest.mark.postgres
def test_pages_are_in_the_order_of_bytes_whatever_the_database_sorts_by(database):
    codes = ["B", "a", "a-1", "a-1b", "a.1", "a0", "aB", "a_b", "ab", "b", "Z9", "9"]
    put(database, shuffled_codes(codes))
    for limit in (1, 3, 12, 100):
        assert walk(database, limit)[0] == sorted(codes)
    assert look(database, page, "zzz", 10).guides == ()
    assert look(database, page, "a-0 never was", 2).next == "a-1b"


def test_a_page_stays_within_what_a_terminal_takes(database, monkeypatch):
    codes = [f"c{n:02d}" for n in range(10)]
    put(database, shuffled_codes(codes))
    one = len(bytes(look(database, page, "", 1).guides[0]))
    monkeypatch.setattr("kiosk.office.catalogue.reading.LARGEST_PAGE", 3 * one)
    assert walk(database, 10) == (codes, [3, 3, 3, 1])
    monkeypatch.setattr("kiosk.office.catalogue.reading.LARGEST_PAGE", 1)
    assert walk(database, 10)[1] == [1] * 10


def test_a_switch_between_two_pages_shows_in_the_version(database):
    put(database, small())
    first = look(database, page, "", 1)
    put(database, changed(small(), 2, visits=9))
    second = look(database, page, first.next, 1)
    assert first.version != second.version == look(database, current_version)
