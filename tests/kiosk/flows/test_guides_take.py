"""Taking a guide along: on the phone, on paper, with its forms."""

from dataclasses import replace

import pytest
from city_catalogue import a_head, real_guides
from guide_walks import guides, opened, said, searching, values, words
from made_catalogue import FORM
from walking import GONE

from drivers.contract import PrintDocument
from drivers.errors import Reason
from kiosk.catalogue.catalogue import Catalogue
from kiosk.documents.messages import Compose
from kiosk.documents.sheets import Code, Fill, Steps, Table
from kiosk.screens import Tone


def test_on_the_phone():
    walk = opened().choose("take")
    assert values(walk) == ["phone", "guide", "form:food-form", "sample:food-form"]
    walk.choose("phone")
    assert walk.screen.code == "https://lucheng.example/g/food"
    assert walk.touch("done").here == "guide"


def test_where_phones_cannot_reach_the_office_it_says_so():
    walk = opened(catalogue=Catalogue(a_head(guide_url=""), real_guides())).choose("take")
    assert not walk.screen.options[0].enabled
    assert said(walk, walk.screen.options[0].why) == "手机版还没有开通"
    assert walk.choose("phone").here == "take"


def test_on_paper_and_back_to_the_guide():
    walk = opened().choose("take").choose("guide", nonce="touch-7")
    sheets = walk.last(Compose).sheets
    assert sheets.title == "食品经营许可"
    assert any(isinstance(block, Code) and block.data.endswith("/g/food") for block in sheets.blocks)
    (table,) = (block for block in sheets.blocks if isinstance(block, Table))
    assert [row[1] for row in table.rows] == ["居民身份证", "平面图", "租赁合同", "场所照片"]
    assert [row[4] for row in table.rows][2] == "只在这种情况下要：场所是租的"
    walk.printed()
    assert walk.acts[-1][1].kind == "guide-print"
    assert (walk.name, walk.screen.tone) == ("Message", Tone.DONE)
    assert not walk.view.frame.back
    assert walk.touch("primary").here == "guide"


def test_what_was_printed_may_be_rated_once_and_by_the_nonce_of_its_touch():
    walk = opened().choose("take").choose("guide", nonce="touch-7").printed().touch("second")
    assert walk.session._visit.here.flow.name == "rate"
    facts = walk.session._visit.here.facts
    assert (facts.served, facts.service, facts.subject) == ("visit", "guides", "touch-7")


def test_what_was_not_printed_says_why_and_who_helps():
    walk = opened().choose("take").choose("guide").not_printed(Reason.PAPER_JAMMED)
    assert (walk.name, walk.screen.tone) == ("Message", Tone.WARN)
    assert "卡纸" in said(walk, walk.screen.points[0])
    assert walk.screen.human
    assert walk.touch("second").name == "Attract"


def test_without_the_printer_paper_is_not_offered_and_says_why():
    walk = opened().choose("take").status("a4_printer", GONE)
    phone, *paper = walk.screen.options
    assert phone.enabled
    assert all(not option.enabled and "A4打印机" in said(walk, option.why) for option in paper)
    assert walk.choose("guide").here == "take"
    assert walk.count(Compose) == walk.count(PrintDocument) == 0


def test_a_blank_form_has_boxes_and_lines_and_the_sample_made_up_facts():
    walk = opened().choose("take").choose("form:food-form")
    blank = walk.last(Compose).sheets
    assert not blank.watermark
    assert any(isinstance(block, Steps) and block.boxes and block.items == ("餐饮", "零售") for block in blank.blocks)
    assert [block.value for block in blank.blocks if isinstance(block, Fill)] == ["", "", ""]
    walk = opened().choose("take").choose("sample:food-form")
    sample = walk.last(Compose).sheets
    assert sample.watermark == "样本"
    assert [block.value for block in sample.blocks if isinstance(block, Fill)] == ["测试·甲一", "餐饮", "1", "2026-01-01"]


def test_a_field_for_one_answer_only_says_so_and_is_in_the_sample_where_it_applies():
    name, kind, seats, _ = FORM.fields
    shop, more = replace(kind, key="shop", only_if=("kind", "sell")), replace(name, key="more", only_if=("shop", "eat"))
    made = Catalogue(a_head(forms=(replace(FORM, fields=(kind, seats, shop, more)),)), real_guides())

    def labels(paper):
        return [block.label for block in opened(catalogue=made).choose("take").choose(paper).last(Compose).sheets.blocks if isinstance(block, Fill)]

    assert labels("form:food-form") == ["座位数（“业态”为“餐饮”时填）", "申请人（“业态”为“餐饮”时填）"]
    assert [label.partition("（")[0] for label in labels("sample:food-form")] == ["业态", "座位数"]


def test_a_field_of_a_kind_from_the_future_is_a_line_to_write_on():
    future = replace(FORM, fields=(replace(FORM.fields[0], kind="hologram", most=400),))
    made = Catalogue(a_head(forms=(future,)), real_guides())
    (field,) = (block for block in opened(catalogue=made).choose("take").choose("form:food-form").last(Compose).sheets.blocks if isinstance(block, Fill))
    assert field.lines > 1


def test_a_form_the_catalogue_lacks_is_not_offered():
    assert values(opened(catalogue=Catalogue(a_head(forms=()), real_guides())).choose("take")) == ["phone", "guide"]


def test_the_list_of_a_theme_is_printed():
    walk = guides().choose("way:business").choose("shop").choose("needs").choose("print", nonce="touch-8")
    sheets = walk.last(Compose).sheets
    assert sheets.title == "开餐馆"
    assert any(isinstance(block, Table) and len(block.rows) == 4 for block in sheets.blocks)
    assert walk.printed().touch("primary").here == "theme"


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_everything_can_be_said_in_every_language(language):
    for walk in (opened(), opened().choose("full"), opened().choose("materials").choose("1"), guides().choose("way:business").choose("shop").choose("needs")):
        assert "{" not in words(walk, language)
    walk = opened().touch("frame-language", language).choose("take").choose("guide")
    assert walk.last(Compose).sheets.language == language
    assert "{" not in str([block.__struct_fields__ for block in walk.last(Compose).sheets.blocks])


def test_what_is_typed_is_in_no_repr():
    walk = searching("离婚登记")
    assert "离婚" not in repr(walk.session._visit.path[-1].facts)
