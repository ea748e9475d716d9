"""Finding a guide: by typing, by theme, by department, by list."""

from city_catalogue import a_head, city, guide, real_guides
from guide_walks import guides, said, searching, values, words
from made_catalogue import material, w
from walking import FULL, Walk

from kiosk.backend.messages.catalogue import ListTag, Theme
from kiosk.catalogue.catalogue import Catalogue
from kiosk.lobby import Offer
from kiosk.screens import Tone


def results(walk):
    return [result.value for result in walk.screen.results]


def test_one_begins_by_typing_or_by_what_one_has_in_mind_by_department_or_by_list():
    walk = guides()
    assert results(walk)[:3] == ["way:person", "way:business", "way:department"]
    assert results(walk)[3].startswith("item:")
    assert said(walk, walk.screen.found) == f"共 {len(real_guides())} 项，内容更新于 2026-03-01"
    assert [chip.value for chip in walk.screen.chips] == list(ListTag)
    walk.type("结婚")
    assert not any(value.startswith("way:") for value in results(walk))
    assert results(walk.type(""))[0] == "way:person"


def test_without_themes_there_are_no_ways_by_them():
    assert results(guides(Catalogue(a_head(themes=()), real_guides())))[:2] == ["way:department", "item:food"]


def test_without_a_catalogue_it_says_so_and_who_helps():
    walk = Walk(online=FULL, offers=(Offer(name="guides", entrance="look", quick=True, needs=()),)).service("guides")
    assert walk.name == "Message"
    assert walk.screen.human
    assert walk.touch("choose", "way:department").type("x").name == "Message"
    assert walk.touch("primary").name == "Home"


def test_every_key_searches_anew():
    walk = searching()
    assert walk.screen.typed == ""
    for typed, name in (("j", None), ("jieh", "结婚登记"), ("结婚", "结婚登记"), ("房产过户", "不动产转移登记（存量房买卖）")):
        walk.type(typed)
        assert walk.screen.typed == typed
        if name and typed != "房产过户":  # the everyday words are the keeper's
            assert said(walk, walk.screen.results[0].title) == name
    assert walk.here == "search"


def test_what_was_typed_stays_when_one_comes_back():
    walk = searching("结婚").choose("item:i026").touch("frame-back")
    assert walk.screen.typed == "结婚"
    assert said(walk, walk.screen.results[0].title) == "结婚登记"


def test_a_result_says_department_and_badge():
    walk = searching("食品经营许可")
    first = walk.screen.results[0]
    assert (said(walk, first.about), said(walk, first.note)) == ("市场监管局", "最多跑一次")
    assert said(walk, searching("养老待遇").screen.results[0].note) == "即办"


def test_nothing_found_says_who_helps_and_nothing_near_is_passed_off_as_found():
    walk = searching("量子纠缠")
    assert results(walk) == ["ask", "way:person", "way:business", "way:department"]
    assert "请到咨询台" in said(walk, walk.screen.found)
    walk.type("机动车驾驶员考试报名")
    assert results(walk)[0] == "item:i032"
    assert "没有完全符合" in said(walk, walk.screen.found)
    walk.type("量子纠缠").choose("ask")
    assert walk.session._visit.here.flow.name == "question"


def test_machines_nearby_are_found_too_and_open_their_own_service():
    walk = searching("交通违法")
    assert walk.screen.results[0].value == "machine:traffic"
    assert said(walk, walk.screen.found) == "旁边的自助机可以办"
    walk.choose("machine:traffic")
    assert (walk.name, said(walk, walk.screen.title)) == ("Page", "交管自助机")
    assert walk.touch("frame-back").here == "search"


def test_machines_are_not_found_where_that_service_is_not_offered():
    offers = (Offer(name="guides", entrance="look", quick=True, needs=()),)
    walk = Walk(online=FULL, offers=offers, catalogue=city()).service("guides").type("交通违法")
    assert results(walk) == ["way:person", "way:business", "way:department"]
    assert walk.choose("ask").here == "search"
    assert walk.touch("choose", "machine:traffic").here == "search"


def test_chips_narrow_and_widen_again():
    walk = searching()
    assert [chip.value for chip in walk.screen.chips] == list(ListTag)
    whole = said(walk, walk.screen.found)
    walk.touch("narrow", "online")
    assert [chip.tone for chip in walk.screen.chips] == [Tone.PLAIN, Tone.DONE, Tone.PLAIN, Tone.PLAIN]
    assert said(walk, walk.screen.found) != whole
    walk.touch("narrow", "nearby")
    assert [chip.tone for chip in walk.screen.chips][2] is Tone.DONE
    assert said(walk.touch("narrow", "nearby"), walk.screen.found) == whole
    walk.touch("narrow", "nonsense")
    assert said(walk, walk.screen.found) == whole


def test_within_a_department_and_out_of_it():
    walk = guides().choose("way:department")
    assert values(walk) == ["market", "social"]
    assert walk.choose("nonsense").here == "departments"
    walk.choose("social")
    assert said(walk, walk.screen.title) == "人社局"
    assert walk.screen.chips[0].value == "all"
    assert {said(walk, result.about) for result in walk.screen.results} == {"人社局"}
    walk.touch("narrow", "all")
    assert said(walk, walk.screen.title) == "您想了解哪件事？"


def test_a_theme_has_its_items_in_order_and_all_they_want_once():
    walk = guides().choose("way:business").choose("shop")
    assert [said(walk, option.title) for option in walk.screen.options[1:]] == ["1. 企业设立登记", "2. 食品经营许可"]  # one is gone: left out
    walk.choose("needs")
    text = words(walk)
    assert text.count("居民身份证") == 1
    assert "2 件事要用" in text
    assert "可以后补，5 个工作日内交齐" in text
    walk.touch("frame-back").choose("item:food")
    assert said(walk, walk.screen.title) == "食品经营许可"


def test_the_strictest_demand_on_a_shared_paper_counts():
    light, strict = material(licence="idCard", copies=2), material(needed_if=None)
    some, copy = material("book", "户口簿", needed_if=w("已婚"), copies=3), material("book", "户口簿", original=False)
    made = Catalogue(
        a_head(themes=(Theme(code="t", name=w("一件事"), about=w(""), icon="", business=False, items=("a", "b")),)),
        (guide("a", "甲", materials=(light, some)), guide("b", "乙", materials=(strict, some, copy))),
    )
    walk = guides(made).choose("way:person").choose("t").choose("needs")
    assert words(walk).split("\n")[1:] == [
        "居民身份证", "原件 2 份 · 2 件事要用",
        "户口簿", "原件 3 份 · 只在这种情况下要：已婚 · 2 件事要用",
        "户口簿", "复印件 1 份 · 1 件事要用",
    ]
