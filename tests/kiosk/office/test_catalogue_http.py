import json
from dataclasses import replace

import pytest
from booking_help import guide, put_guides
from catalogue_help import changed, city, put
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from office_help import FEW, FRIDAY, OTHER_KEY, Caller, Clock, enrol, office_on

from kiosk.backend.messages.catalogue_requests import GetCatalogue, GuidePage, ListGuides, ListGuideTags
from kiosk.backend.wire import decode, encode
from kiosk.office.catalogue.etags import entity_tag, has_already, takes_gzip
from kiosk.office.catalogue.publishing import publish
from kiosk.office.catalogue.reading import Spot
from kiosk.office.catalogue.spots import put_spot
from kiosk.office.seed_catalogue import city_catalogue
from kiosk.office.tables import halls

FUZZ = settings(max_examples=200, deadline=None, derandomize=True)


def ask(call, request, **headers):
    return call("GET", encode(request).path, headers=headers)


def read(call, request):
    answer = ask(call, request)
    assert answer.status_code == 200, answer.text
    return decode(request, answer.content)


def test_a_terminal_reads_the_whole_catalogue_page_by_page(call):
    head = read(call, GetCatalogue())
    request, guides, pages = ListGuides(), [], 0
    while True:
        page = read(call, request)
        assert isinstance(page, GuidePage)
        assert page.version == head.version
        guides += page.guides
        pages += 1
        if page.next is None:
            break
        assert page.next == page.guides[-1].code
        request = ListGuides(after=page.next)
    expected = city_catalogue(FEW)
    assert pages > 2
    assert tuple(guides) == tuple(sorted(expected.guides, key=lambda one: one.code))
    assert (head.themes, head.sites, head.forms, head.schema) == (expected.themes, head.sites, expected.forms, expected.schema)
    assert head.here == "city"
    assert head.guide_url == "https://office.invalid/g/{code}"
    assert call("GET", head.guide_url.removeprefix("https://office.invalid").replace("{code}", "food-licence")).status_code == 200
    assert head.published == FRIDAY


def test_what_a_terminal_has_is_not_sent_again(call):
    for request in (GetCatalogue(), ListGuides(after="c", limit=10), ListGuideTags()):
        first = ask(call, request)
        tag = first.headers["ETag"]
        assert first.headers["Cache-Control"] == "private, no-cache"
        for known in (tag, f"W/{tag}", f'"old", {tag}', "*"):
            again = ask(call, request, **{"If-None-Match": known})
            assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        assert ask(call, request, **{"If-None-Match": '"other"'}).content == first.content


def test_tags_tell_which_guides_are_others(call, office):
    def tags():
        request, found = ListGuideTags(limit=40), {}
        while True:
            page = read(call, request)
            assert len(page.tags) <= 40
            found |= page.tags
            if page.next is None:
                return found
            request = ListGuideTags(limit=40, after=page.next)

    before = tags()
    assert list(before) == sorted(one.code for one in city_catalogue(FEW).guides)
    source = changed(city_catalogue(FEW), visits=7)
    code = source.guides[0].code
    with office.database.write() as connection:
        publish(connection, replace(source, guides=source.guides[:-1], themes=()), office.now())
    after = tags()
    assert after.items() - before.items() == {(code, after[code])}
    assert before.keys() - after.keys() == {source.guides[-1].code}
    with office.database.write() as connection:
        publish(connection, city_catalogue(FEW), office.now())
    assert tags()[code] not in {before[code], after[code]}  # it says the same again, under a new version


def test_guides_are_had_by_their_codes(call):
    every = read(call, ListGuides(limit=100)).guides
    wanted = tuple(guide.code for guide in (every[9], every[2], every[40]))
    page = read(call, ListGuides(codes=(*wanted, "none-of-this-name", wanted[0])))
    assert (page.guides, page.next) == ((every[2], every[9], every[40]), None)
    assert read(call, ListGuides(codes=("none-of-this-name",))).guides == ()
    first = read(call, ListGuides(codes=wanted, limit=2))
    assert (len(first.guides), first.next) == (2, every[9].code)
    assert read(call, ListGuides(codes=wanted, limit=2, after=first.next)).guides == (every[40],)


def test_replies_are_packed_for_who_takes_that(call):
    for request in (GetCatalogue(), ListGuides(), ListGuideTags()):
        plain = ask(call, request, **{"Accept-Encoding": "identity"})
        assert "Content-Encoding" not in plain.headers
        packed = ask(call, request, **{"Accept-Encoding": "br, GZIP;q=0.5"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert int(packed.headers["Content-Length"]) * 2 < len(plain.content) == int(plain.headers["Content-Length"])
        assert packed.content == plain.content
        for answer in (plain, packed, ask(call, request, **{"If-None-Match": plain.headers["ETag"]})):
            assert (answer.headers["ETag"], answer.headers["Vary"]) == (plain.headers["ETag"], "Accept-Encoding")
    small = ask(call, ListGuides(codes=("none-of-this-name",)), **{"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in small.headers


@pytest.mark.parametrize(
    ("header", "takes"),
    [(None, False), ("", False), ("gzip", True), ("br,gzip", True), ("gzip;q=0", False), ("gzip; q=0.000", False), ("gzip;q=0.1", True), ("xgzip", False), ("identity", False)],
)
def test_who_takes_packed_replies(header, takes):
    assert takes_gzip(header) is takes


def test_a_new_version_is_sent(call, office):
    tags = {request: ask(call, request).headers["ETag"] for request in (GetCatalogue(), ListGuides())}
    before = read(call, GetCatalogue()).version
    with office.database.write() as connection:
        publish(connection, changed(city_catalogue(FEW), visits=7), office.now())
    for request, tag in tags.items():
        answer = ask(call, request, **{"If-None-Match": tag})
        assert answer.status_code == 200
        assert decode(request, answer.content).version != before


def test_each_terminal_is_told_where_it_stands(call, call_other, office):
    tags = [ask(one, GetCatalogue()).headers["ETag"] for one in (call, call_other)]
    assert tags[0] != tags[1]
    other = read(call_other, GetCatalogue())
    assert (other.here, [site.code for site in other.sites if any(floor.here for floor in site.floors)]) == ("baiyang", ["baiyang"])
    with office.database.write() as connection:
        put_spot(connection, "t1", Spot("3", 0.25, 0.5))
    answer = ask(call, GetCatalogue(), **{"If-None-Match": tags[0]})
    assert answer.status_code == 200
    floors = next(site for site in decode(GetCatalogue(), answer.content).sites if site.code == "city").floors
    assert [floor.here for floor in floors] == [None, None, (0.25, 0.5)]
    assert ask(call_other, GetCatalogue(), **{"If-None-Match": tags[1]}).status_code == 304


NO_PLACES = [
    ("nobody", Spot("1", 0.1, 0.1), "not enrolled"),
    ("t1", Spot("9", 0.1, 0.1), "has the floors 1, 2, 3"),
    ("t1", Spot("1", 1.5, 0.1), "from 0 to 1"),
    ("t1", Spot("1", 0.5, float("nan")), "from 0 to 1"),
]


def test_a_place_that_is_none_is_refused(office):
    for terminal, spot, what in NO_PLACES:
        with office.database.write() as connection, pytest.raises(ValueError, match=what):
            put_spot(connection, terminal, spot)


def test_before_the_first_catalogue_there_is_none(empty):
    with office_on(empty, Clock()) as (serving, app):
        office = app.state.office
        with office.database.write() as connection:
            connection.execute(halls.insert().values(code="bare", name={}, address={}, phone="", bands=(), hours={}, notices=[], privacy={}))
        enrol(office.database, "t9", "bare", OTHER_KEY)
        caller = Caller(serving.url, OTHER_KEY)
        for request in (GetCatalogue(), ListGuides(), ListGuideTags()):
            answer = ask(caller, request, **{"If-None-Match": "*"})
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        put(office.database, city())
        assert read(caller, GetCatalogue()).here == "bare"
        caller.session.close()


def test_what_is_out_of_limits_is_refused(call):
    for query in ("codes=a%20b", "codes=", "&".join(f"codes=c{n}" for n in range(51)), "limit=0", "limit=101", "limit=x", "after=%00", "after=" + "a" * 65, "after=a%20b", "after=%E4%B8%AD"):
        answer = call("GET", f"/v1/guides?{query}")
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_strangers_get_nothing(call_stranger):
    for request in (GetCatalogue(), ListGuides(), ListGuideTags()):
        assert ask(call_stranger, request, **{"If-None-Match": "*"}).status_code == 401


def test_what_is_served_is_what_the_contract_describes(call):
    document = call("GET", "/v1/openapi.json").json()
    for path, request in (("/v1/catalogue", GetCatalogue()), ("/v1/guides", ListGuides(limit=100)), ("/v1/guides/tags", ListGuideTags())):
        operation = document["paths"][path]["get"]
        assert {"200", "304", "401", "404", "422"} <= set(operation["responses"])
        assert "ETag" in operation["responses"]["200"]["headers"]
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        validator = Draft202012Validator({**schema, "components": document["components"]})
        served = json.loads(ask(call, request).content)
        assert list(validator.iter_errors(served)) == []
        del served["version"]
        assert list(validator.iter_errors(served)) != []


def test_tags():
    assert entity_tag("7-abc", "city") == 'W/"7-abc/city"'
    assert has_already('"7-abc/city"', entity_tag("7-abc", "city"))
    assert not has_already(None, '"a"')
    assert not has_already("", '"a"')
    assert not has_already('"aa", "ba"', '"a"')
    assert not has_already("a", '"a"')
    assert has_already(' "b" ,W/"a"', '"a"')


@FUZZ
@given(st.text(st.characters(max_codepoint=255)))
def test_no_header_whatever_names_a_tag_it_does_not_hold(header):
    assert not has_already(header, '"7-0123456789ab/city"') or header.strip() == "*"


def test_the_guide_on_the_phone_promises_no_days_where_it_is_done_at_once(office, call):
    def page(days, instant, language="zh-CN"):
        first = guide("t-phone", promised_days=days, instant=instant)
        put_guides(office, first)
        return call("GET", "/g/t-phone", headers={"Accept-Language": language}).text

    assert "5 个工作日内办好" in page(5, instant=False)
    assert "Within 1 working day<" in page(1, instant=False, language="en")
    assert "当场办好" in page(0, instant=True)
    assert "指南没有写明，请先咨询" in page(0, instant=False)
