"""Machines nearby, and whatever is touched in whatever order while one reads: something sayable is shown."""

from city_catalogue import a_head, city
from hypothesis import given, settings
from hypothesis import strategies as st
from test_any_events import labels
from walking import FULL, GONE, ONLINE, SENTENCES, Walk, full

from kiosk.catalogue.catalogue import Catalogue
from kiosk.flow import CatalogueChanged, Subject
from kiosk.lobby import Offer
from kiosk.screens import Choose
from kiosk.screens.reading import HallMap, Page, Search


def machines(catalogue=None):
    return full(catalogue or city()).service("neighbours")


def words(walk):
    lines = []
    for section in walk.screen.sections:
        lines += [section.heading, *(part for row in section.rows for part in (row.label, row.value)), *section.lines]
    return "\n".join(map(walk.say, lines))


def test_each_machine_with_where_it_stands_and_when_it_can_be_used():
    walk = machines()
    assert [(option.value, walk.say(option.about), walk.say(option.note)) for option in walk.screen.options] == [
        ("traffic", "一楼东侧", "全天"), ("fund", "一楼西侧", "9:00至17:00"),
    ]
    walk.choose("traffic")
    text = words(walk)
    for part in ("一楼东侧", "全天", "交通违法处理", "驾驶证换证", "身份证", "本机办不了", "请到咨询台"):
        assert part in text
    assert walk.choose("home").name == "Home"


def test_what_one_does_not_need_is_not_there():
    assert "要带什么" not in words(machines().choose("fund"))


def test_none_on_record_and_no_catalogue_say_so():
    walk = machines(Catalogue(a_head(neighbours=()), ()))
    assert (walk.name, walk.say(walk.screen.title)) == ("Message", "还没有登记其他自助机")
    assert walk.screen.human
    assert walk.touch("primary").name == "Home"
    walk = Walk(online=FULL, offers=(Offer(name="neighbours", entrance="look", quick=True, needs=()),)).service("neighbours")
    assert walk.name == "Message"


def test_opened_about_one_and_about_one_that_is_gone():
    walk = full(city()).home()
    walk.session._open("neighbours", Subject(item="fund"))
    assert walk.say(walk.screen.title) == "公积金自助机"
    walk = full(city()).home()
    walk.session._open("neighbours", Subject(item="gone"))
    assert walk.say(walk.screen.title) == "没有找到这台机器"
    assert walk.touch("primary").name == "Home"
    assert machines().choose("gone").name == "Choose"


def options(screen):
    match screen:
        case Choose(options=found):
            return [("choose", option.value) for option in found]
        case Page(actions=found):
            return [("choose", option.value) for option in found]
        case Search(results=found, chips=chips):
            return [("choose", option.value) for option in found] + [("narrow", chip.value) for chip in chips]
        case HallMap(floors=floors, areas=areas):
            return [("floor", one.value) for one in floors] + [("choose", one.value) for one in areas]
        case _:
            return [("primary", ""), ("second", ""), ("done", "")]


def happen(walk, draw):
    match draw(st.sampled_from(("touch",) * 6 + ("nonsense", "back", "type", "tick", "status", "catalogue", "language"))):
        case "touch":
            walk.touch(*draw(st.sampled_from(options(walk.screen) or [("done", "")])))
        case "nonsense":
            walk.touch(draw(st.sampled_from(["choose", "narrow", "floor", "done", "primary", "other"])), draw(st.text(max_size=4)))
        case "back":
            walk.touch("frame-back")
        case "type":
            walk.type(draw(st.text(max_size=6) | st.sampled_from(["jieh", "护照", "交通违法"])))
        case "tick":
            walk.tick(draw(st.sampled_from([1, 65, 1000])))
        case "status":
            walk.status(draw(st.sampled_from(["office", "a4_printer", "catalogue"])), draw(st.sampled_from([ONLINE, GONE])))
        case "catalogue":
            walk.handle(CatalogueChanged(catalogue=draw(st.sampled_from([city(), Catalogue(a_head(version="v2", sites=(), themes=(), departments=()), ())]))))
        case "language":
            walk.touch("frame-language", draw(st.sampled_from(["zh-CN", "en"])))


@given(st.data())
@settings(max_examples=120, derandomize=True, deadline=None)
def test_whatever_is_touched_something_sayable_is_shown(data):
    services = ("guides", "hall_info", "neighbours")
    offers = tuple(Offer(name=name, entrance="look", quick=True, needs=()) for name in services)
    catalogue = data.draw(st.sampled_from([city(), None, Catalogue(a_head(here="gone", departments=(), neighbours=()), ())]))
    walk = Walk(online=FULL, offers=offers, catalogue=catalogue).home()
    for _ in range(data.draw(st.integers(1, 30))):
        if walk.name in {"Home", "Attract"}:
            walk.home().choose(f"service:{data.draw(st.sampled_from(services))}")
        happen(walk, data.draw)
        for label in labels(walk.screen):
            assert isinstance(SENTENCES.say(walk.view.frame.language, label), str)
