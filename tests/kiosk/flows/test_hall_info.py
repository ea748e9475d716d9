"""Halls: hours, sites down to the village, the map with what is sought, the index of windows, notices."""

from dataclasses import replace
from datetime import UTC, datetime

from city_catalogue import SITES, a_head, city, guide, real_guides
from made_catalogue import w
from walking import FULL, Walk, full

from kiosk.backend.messages.catalogue import Area, Floor, Notice, Place
from kiosk.catalogue.catalogue import EMPTY, Catalogue
from kiosk.flow import Subject, Tick
from kiosk.lobby import Offer
from kiosk.screens import Tone

EVENING = datetime(2026, 3, 4, 23, 59, tzinfo=UTC)


def halls(catalogue=None, **more):
    return full(catalogue or city(), **more).service("hall_info")


def about(catalogue=None, **subject):
    walk = full(catalogue or city()).home()
    walk.session._open("hall_info", Subject(**subject))
    return walk


def values(walk):
    return [option.value for option in walk.screen.options]


def said(walk, label):
    return walk.say(label)


def words(walk):
    lines = []
    for section in walk.screen.sections:
        lines += [section.heading, *(part for row in section.rows for part in (row.label, row.value)), *section.lines]
    return "\n".join(map(walk.say, lines))


def test_one_begins_with_how_long_this_hall_is_open_today():
    walk = halls()
    assert said(walk, walk.screen.hint) == "鹿城市政务服务中心"
    assert values(walk) == ["hours", "map", "windows", "sites", "notices"]
    assert said(walk, walk.screen.options[0].about) == "午间开放中，到 17:00，窗口较少"  # it is noon
    assert "4 处" in said(walk, walk.screen.options[3].about)
    assert "2 条" in said(walk, walk.screen.options[4].about)


def test_only_what_there_is_is_offered():
    walk = halls(Catalogue(a_head(sites=(replace(SITES[0], floors=()),), notices=()), ()))
    assert values(walk) == ["hours", "sites"]
    walk = halls(Catalogue(a_head(here="nowhere", notices=()), ()))
    assert values(walk) == ["sites"]
    assert walk.choose("hours").here == walk.choose("map").here == "start"


def test_without_a_catalogue_it_says_so():
    walk = Walk(online=FULL, offers=(Offer(name="hall_info", entrance="look", quick=True, needs=()),)).service("hall_info")
    assert walk.name == "Message"
    assert walk.choose("sites").name == "Message"
    assert walk.touch("primary").name == "Home"


def test_the_hours_of_this_hall_with_noon_and_weekend():
    walk = halls().choose("hours")
    text = words(walk)
    for part in ("开放时间（今天周三）", "午间（部分窗口）", "12:00–13:30", "周六10:00至15:00", "法定节假日", "0999-5550100", "示范大街1号", "市级"):
        assert part in text
    assert walk.screen.badges[0].tone is Tone.DONE
    assert [action.value for action in walk.screen.actions] == ["map", "below", "home"]


def test_down_from_the_city_to_the_village_and_back_again():
    walk = halls().choose("sites")
    assert values(walk) == ["city"]
    assert said(walk, walk.screen.options[0].note) == "您在这里"
    for code, name in (("city", "baiyang"), ("baiyang", "liu"), ("liu", "hu")):
        walk.choose(code).choose("below")
        assert values(walk) == [name]
    walk.choose("hu")
    assert [action.value for action in walk.screen.actions] == ["home"]
    assert "上级\n柳树镇便民服务中心" in words(walk)
    assert said(walk, walk.screen.badges[0].label) == "开放时间请看详情"
    for _ in range(7):
        walk.touch("frame-back")
    assert values(walk) == ["city"]
    assert walk.choose("nonsense").here == "sites"


def test_a_site_whose_parent_is_unknown_stands_at_the_top():
    lost = replace(SITES[3], code="lost", parent="gone")
    assert values(halls(Catalogue(a_head(sites=(*SITES, lost)), ())).choose("sites")) == ["city", "lost"]


def test_the_map_shows_the_floor_one_stands_on_and_more_of_what_is_touched():
    walk = halls().choose("map")
    assert (walk.screen.floor, walk.screen.here) == ("1", (0.5, 0.9))
    assert not any(area.marked for area in walk.screen.areas)
    walk.choose("a")
    assert [area.marked for area in walk.screen.areas] == [True, False]
    assert said(walk, walk.screen.about) == "一楼 A 区：企业开办、许可"
    assert said(walk.choose("b"), walk.screen.about) == "一楼 B 区"
    walk.touch("floor", "2")
    assert (walk.screen.floor, walk.screen.here) == ("2", None)
    assert walk.touch("floor", "nonsense").choose("nonsense").screen.floor == "2"
    assert walk.touch("done").name == "Home"


def test_the_index_of_windows_leads_to_the_map():
    walk = halls().choose("windows")
    assert [(option.value, said(walk, option.note)) for option in walk.screen.options] == [("a", "一楼"), ("b", "一楼"), ("d", "二楼")]
    walk.choose("d")
    assert (walk.screen.floor, [area.marked for area in walk.screen.areas]) == ("2", [True])


def test_opened_about_an_item_its_window_is_marked():
    walk = about(item="i001")
    assert (walk.screen.floor, [area.value for area in walk.screen.areas if area.marked]) == ("1", ["a"])
    assert said(walk, walk.screen.about) == "个体工商户设立登记：一楼 A 区，A 区 3 号窗口"


def test_opened_about_a_queue_its_area_is_marked():
    walk = about(queue="licence")
    assert [area.value for area in walk.screen.areas if area.marked] == ["a"]


def test_what_is_not_on_the_map_is_said_with_who_knows():
    far = guide("far", "远处", places=(Place(hall="baiyang", window=w("2 号"), queue="all"),))
    made = Catalogue(a_head(), (far, guide("bare", "此处", places=(Place(hall="city", window=w("9 号窗口"), queue="x"),))))
    walk = about(made, item="far")
    assert said(walk, walk.screen.points[0]) == "本厅不办，请到白杨县政务服务中心"
    assert said(about(made, item="bare"), about(made, item="bare").screen.points[0]) == "9 号窗口"
    for subject in ({"item": "gone"}, {"queue": "gone"}, {"review": "x"}):
        walk = about(made, **subject)
        assert (walk.name, said(walk, walk.screen.title)) == ("Message", "地图上没有标出这个地方")
        assert walk.screen.human
    assert walk.touch("primary").here == "start"
    assert about(made, item="far").touch("second").name == "Home"
    walk = about(EMPTY, item="far")
    assert walk.touch("primary").name == "Home"


def test_an_area_on_another_floor_opens_that_floor():
    up = guide("up", "楼上", places=(Place(hall="city", window=w("11 号窗口"), queue="tax", area="d"),))
    walk = about(Catalogue(a_head(), (up,)), item="up")
    assert (walk.screen.floor, walk.screen.here) == ("2", None)


def test_notices_of_today_are_read_whole():
    walk = halls().choose("notices")
    assert values(walk) == ["today", "noon"]  # the newest first; the one of February is over
    walk.choose("noon")
    assert "部分窗口照常办理。\n请留意叫号。" in words(walk)
    assert "2026-03-01 至 2026-12-31" in words(walk)
    assert walk.choose("home").name == "Home"
    assert halls().choose("notices").choose("old").here == "notices"


def test_a_notice_that_ends_while_it_is_read_says_so():
    walk = halls().choose("notices").choose("today")
    walk.handle(Tick(now=walk.now, time=EVENING))
    assert walk.name == "Page"
    walk.handle(Tick(now=walk.now, time=EVENING.replace(day=5, hour=0)))
    assert said(walk, walk.screen.title) == "这条通知已经过期"
    assert walk.touch("primary").name == "Home"
    walk = halls().choose("notices")
    walk.handle(Tick(now=walk.now, time=EVENING.replace(month=12, day=31)))
    assert values(walk) == ["noon"]
    walk.handle(Tick(now=walk.now, time=EVENING.replace(year=2027)))
    assert said(walk, walk.screen.hint) == "现在没有通知公告"


def test_texts_longer_than_any_screen_and_strange_maps_are_shown():
    wild = Floor(code="1", name=w("层" * 300), areas=(Area(code="a", name=w("区" * 300), x=-1.0, y=2.0, width=9.0, height=0.0),))
    notice = Notice(code="n", title=w("题" * 900), text=(w("文" * 3900),) * 30, since=SITES and datetime(2026, 1, 1, tzinfo=UTC).date(), until=datetime(2027, 1, 1, tzinfo=UTC).date())
    made = Catalogue(a_head(sites=(replace(SITES[0], floors=(wild, replace(wild, code="2", areas=()))),), notices=(notice,)), real_guides()[:1])
    assert halls(made).choose("map").touch("floor", "2").screen.areas == ()
    assert len(words(halls(made).choose("notices").choose("n"))) > 100_000
