"""A guide: read from the short one to the last element, and handed over to what can be done about it."""

from dataclasses import replace

from city_catalogue import a_head, city, guide
from guide_walks import about, actions, opened, said, values, words
from made_catalogue import FOOD, PENSION, material, w
from walking import FULL, GONE, Walk, full

from kiosk.backend.messages.catalogue import Element, Fee, GuideSchema, Place, Process
from kiosk.catalogue.catalogue import Catalogue
from kiosk.documents.messages import Compose
from kiosk.flow import CatalogueChanged
from kiosk.lobby import Offer
from kiosk.screens import Tone


def test_the_short_guide_comes_first_with_badges_and_what_can_be_done():
    walk = opened()
    assert [said(walk, badge.label) for badge in walk.screen.badges] == ["最多跑一次"]
    text = words(walk)
    for part in ("带身份证和平面图", "5 个工作日", "1 趟", "不收费", "A 区 3 号窗口", "市场监管局"):
        assert part in text
    assert actions(walk) == ["ways", "take", "materials", "full", "questions", "map"]


def test_done_at_once_without_a_visit():
    walk = opened("pension")
    assert [said(walk, badge.label) for badge in walk.screen.badges] == ["即办", "零跑腿"]
    assert "map" not in actions(walk)


def test_an_item_of_another_hall_says_where():
    made = Catalogue(a_head(), (guide("far", "远处", places=(Place(hall="baiyang", window=w("2 号"), queue="all"),)), guide("none", "无处", places=())))
    walk = opened("far", catalogue=made)
    assert "本厅不办，请到白杨县政务服务中心" in words(walk)
    walk.choose("ways")
    ticket = next(option for option in walk.screen.options if option.value == "ticket")
    assert not ticket.enabled
    assert "白杨县政务服务中心" in said(walk, ticket.why)
    assert "还没有登记办理地点" in words(opened("none", catalogue=made))


def test_every_element_of_the_schema_is_there_in_its_order_and_a_missing_one_says_who_knows():
    walk = opened().choose("full")
    headings = [said(walk, section.heading) for section in walk.screen.sections]
    assert headings == ["basis", "conditions", "materials", "process", "special", "fees", "places", "result", "rights", "关于这份指南"]
    missing = next(section for section in walk.screen.sections if said(walk, section.heading) == "basis")
    assert (missing.tone, said(walk, missing.lines[0])) == (Tone.WARN, "此项未提供。请到咨询台")
    text = words(walk)
    for part in ("有固定的场所", "有电子证照就不用带", "现场核查（市场监管局，特殊环节，3 个工作日，不计入办理时限）", "不收费（依据：无）", "鹿城市政务服务中心", "第 3 版"):
        assert part in text
    english = words(walk, "en")
    assert "Not provided." in english


def test_elements_nobody_knows_of_and_odd_guides_are_shown_all_the_same():
    bare = replace(PENSION, code="bare", brief=(), texts={"strange": (w("奇怪"),)}, materials=(), process=(), fees=(), places=(), questions=(), department="gone")
    odd = replace(
        FOOD, code="odd", texts={"fees": (w("分档收费"),), "process": (w("先到先办"),)}, fees=(Fee(name=w("登记费"), amount=8050, unit=w("件"), basis=w("规定")), Fee(name=w("测绘费"), amount=None, basis=w("规定"))),
        process=(Process(name=w("受理"), office=w("窗口"), days=0), Process(name=w("公示"), office=w("窗口"), days=7, special=True)), name=w("长" * 500),
    )
    schema = GuideSchema(version=2, elements=(Element(key="strange", title=w("奇")), Element(key="future", title=w("将来")), Element(key="fees", title=w("收费")), Element(key="process", title=w("流程"))))
    made = Catalogue(a_head(schema=schema), (bare, odd))
    walk = opened("bare", catalogue=made)
    assert actions(walk) == ["ways", "take", "full"]
    text = words(walk.choose("full"))
    assert "奇怪" in text
    assert text.count("此项未提供") == 3
    text = words(opened("odd", catalogue=made).choose("full"))
    for part in ("80.50 元/件（依据：规定）", "按规定核算", "分档收费", "先到先办", "公示（窗口，特殊环节，7 个工作日）"):
        assert part in text


def test_each_material_has_its_page_with_checks_sample_and_the_way_to_the_next():
    walk = opened().choose("materials")
    assert [said(walk, option.note) for option in walk.screen.options] == ["可免带", "可后补", "", "核验时交"]
    walk.choose("2")
    assert said(walk, walk.screen.badges[0].label) == "第 3 种，共 4 种"
    text = words(walk)
    for part in ("租赁合同", "场所是租的", "在有效期内", "有出租人签字"):
        assert part in text + said(walk, walk.screen.title)
    walk.choose("next")
    assert said(walk, walk.screen.title) == "场所照片"
    assert actions(walk) == ["take"]
    assert walk.touch("choose", "next").here == "material"
    assert walk.touch("frame-back").here == "materials"
    for nonsense in ("9", "-1", "²", "x", ""):
        assert walk.choose(nonsense).here == "materials"


def test_a_sample_is_shown_as_made_up():
    made = Catalogue(a_head(), (guide("one", "甲", materials=(material(sample=(w("姓名：测试·甲一"), w("住址：示例路")), form="food-form"),)),))
    walk = opened("one", catalogue=made).choose("materials").choose("0")
    assert "样本（内容是编的）" in words(walk)
    assert actions(walk) == ["take", "form:food-form", "sample:food-form"]
    walk.choose("sample:food-form")
    assert walk.last(Compose).sheets.watermark == "样本"


def test_frequent_questions_lead_to_ones_own():
    walk = opened().choose("questions")
    assert "要健康证明。" in words(walk)
    walk.choose("question")
    assert walk.session._visit.here.flow.name == "question"


def test_what_can_be_done_is_offered_in_its_order_and_opened_about_the_item():
    walk = opened().choose("ways")
    assert values(walk) == ["review", "apply", "ticket", "book", "question"]
    ticket = walk.screen.options[2]
    assert not ticket.enabled  # a review comes first
    assert "预审" in said(walk, ticket.why)
    walk.choose("ticket")
    assert walk.here == "ways"
    walk.choose("book")
    assert walk.session._visit.here.flow.name == "book"


def test_a_ticket_is_taken_for_the_item():
    made = Catalogue(a_head(), (guide("one", "甲"), guide("walk in", "乙", places=(Place(hall="city", window=w("1 号窗口"), queue=""),))))
    walk = opened("one", catalogue=made).choose("ways").choose("ticket")
    assert walk.session._visit.here.flow.name == "ticket"
    walk = about(full(made), item="walk in").choose("ways")
    why = next(option.why for option in walk.screen.options if option.value == "ticket")
    assert said(walk, why) == "这件事不用取号，请直接到1 号窗口"


def test_without_the_office_each_says_so_and_the_guide_is_read_all_the_same():
    walk = opened().status("office", GONE).choose("ways")
    others = [option for option in walk.screen.options if option.value != "ticket"]
    assert len(others) == 4
    assert all(not option.enabled and "政务服务平台" in said(walk, option.why) for option in others)
    assert walk.touch("frame-back").choose("full").here == "full"


def test_without_the_office_a_ticket_is_still_taken_while_there_are_numbers():
    walk = opened("pension").status("office", GONE).choose("ways").choose("ticket")
    assert walk.session._visit.here.flow.name == "ticket"
    walk = opened("pension").status("office", GONE).status("numbers", GONE).choose("ways")
    assert not next(option.enabled for option in walk.screen.options if option.value == "ticket")


def test_what_a_guide_does_not_say_is_not_free_of_charge_and_does_not_take_no_days():
    silent = guide("one", "甲", promised_days=0)
    walk = opened("one", catalogue=Catalogue(a_head(), (silent,)))
    assert words(walk).count("指南没有写明，请先咨询") == 2
    assert "不收费" not in words(walk)
    free = replace(silent, texts={"fees": (w("免收工本费。"),)}, instant=True)
    assert {"免收工本费。", "当场办好"} <= set(words(opened("one", catalogue=Catalogue(a_head(), (free,)))).split("\n"))


def test_services_this_terminal_lacks_are_not_offered():
    offers = (Offer(name="guides", entrance="look", quick=True, needs=()),)
    walk = Walk(online=FULL, offers=offers, catalogue=city()).service("guides").type("food").choose("item:food")
    assert actions(walk) == ["take", "materials", "full", "questions"]
    assert actions(walk.choose("questions")) == ["take"]
    assert walk.choose("question").here == "questions"


def test_the_map_is_opened_with_the_place_of_the_item():
    walk = opened().choose("map")
    assert walk.name == "HallMap"
    assert [area.value for area in walk.screen.areas if area.marked] == ["a"]


def test_opened_about_an_item_the_guide_is_shown_and_about_a_missing_one_that_it_is_gone():
    walk = about(full(city()), item="food")
    assert said(walk, walk.screen.title) == "食品经营许可"
    walk = about(full(city()), item="gone")
    assert (walk.name, said(walk, walk.screen.title)) == ("Message", "没有找到这个事项")
    assert walk.screen.human
    assert walk.touch("choose", "full").name == "Message"
    assert walk.touch("primary").here == "search"
    assert about(full(city()), item="gone").touch("second").name == "Home"


def test_a_newer_catalogue_in_the_middle_changes_nothing():
    walk = opened()
    before = walk.screen
    walk.handle(CatalogueChanged(catalogue=Catalogue(a_head(version="v2"), ())))
    assert walk.tick(1).screen == before
    assert said(walk.choose("materials"), walk.screen.options[0].title) == "居民身份证"
