from dataclasses import replace
from functools import cache

import pytest
from city_catalogue import NAMES, a_head, guide, index, many_guides
from hypothesis import given, settings
from hypothesis import strategies as st
from made_catalogue import w

from kiosk import assembly
from kiosk.backend.messages.catalogue import ListTag
from kiosk.catalogue.catalogue import EMPTY, Catalogue
from kiosk.catalogue.found import EVERYTHING, Narrowing
from kiosk.catalogue.query import LONGEST, everyday, normal, parse

WORDS = everyday(assembly.ASSETS / "search.toml")
SAID = {  # what people say, and what must be among the first five
    "办执照": "企业设立登记", "营业执照怎么办": "企业设立登记", "开公司": "企业设立登记", "个体户": "个体工商户设立登记", "关公司": "企业注销登记",
    "开饭馆": "食品经营许可", "我想开一家小饭店": "食品经营许可", "刻章": "公章刻制备案", "烟证": "烟草专卖零售许可证新办",
    "交社保": "社会保险费缴费申报", "社保卡丢了": "社会保障卡挂失补办", "医保转移": "基本医疗保险关系转移接续", "外地看病": "异地就医备案", "失业金": "失业保险金申领",
    "上户口": "出生登记", "给孩子上户口": "出生登记", "迁户口": "户口迁移（投靠落户）", "户口本": "居民户口簿换发补发", "换身份证": "居民身份证换领",
    "身份证丢了怎么办": "居民身份证补领", "暂住证": "居住证申领", "公积金": "住房公积金提取", "提公积金": "住房公积金提取", "公积金贷款": "住房公积金贷款",
    "房产过户": "不动产转移登记（存量房买卖）", "二手房": "不动产转移登记（存量房买卖）", "护照": "普通护照签发", "港澳证": "往来港澳通行证签发",
    "结婚证": "结婚登记", "领结婚证": "结婚登记", "换驾照": "机动车驾驶证换证", "上牌": "机动车注册登记", "低保": "最低生活保障对象认定", "残疾证": "残疾人证办理",
    "教师证": "教师资格认定", "准生证": "生育登记", "上学": "义务教育入学报名", "无犯罪": "无犯罪记录证明开具", "公租房": "公共租赁住房保障申请", "打官司": "法律援助申请",
    "退休": "养老待遇申领", "passport": "普通护照签发", "driving license": "机动车驾驶证换证", "ID card": "居民身份证申领", "how to register a company": "企业设立登记",
    "huzhao": "普通护照签发", "hu zhao": "普通护照签发", "jiehun": "结婚登记", "jiehundengji": "结婚登记", "jhdj": "结婚登记", "qysl": "企业设立登记", "gjjtq": "住房公积金提取",
    "gongjj": "住房公积金提取", "公积金tiqu": "住房公积金提取", "ＨＵＺＨＡＯ": "普通护照签发", "huzao": "普通护照签发",
}


@cache
def everything():
    return index(many_guides(), WORDS)


def names(text, narrowing=EVERYTHING, most=5):
    return [item.name["zh-CN"] for item in everything().find(text, narrowing, most).items]


@pytest.mark.parametrize(("said", "name"), SAID.items())
def test_what_people_say_finds_what_they_mean_among_the_first_five(said, name):
    assert name in names(said)


def test_every_real_name_is_found_first_by_itself_its_pinyin_and_its_english_name():
    for name, english in NAMES.items():
        assert names(name)[0] == name
        assert names(english)[0] == name
    items = {item.name["zh-CN"]: item for item in everything().find("", most=10_000).items}
    for name in NAMES:
        assert names(items[name].pinyin.replace(" ", ""))[0] == name
        assert name in names(items[name].initials)


def test_words_come_in_any_order():
    assert names("登记 结婚") == names("结婚 登记") == ["结婚登记"]
    assert names("贷款 公积金")[0] == "住房公积金贷款"
    assert names("zhao hu") == names("护照")


def small(*guides, words=WORDS):
    return index(guides, words)


def codes(found):
    return [item.code for item in found.items]


def test_what_fits_better_comes_first():
    made = small(
        guide("dept", "甲乙丙", department="market"),  # 市场监管局
        guide("pinyin", "实长监管"), guide("synonym", "丁戊", synonyms=("市场",)), guide("in", "农贸市场开办"), guide("prefix", "市场名称登记"), guide("exact", "市场"),
        words=WORDS,
    )
    assert codes(made.find("市场")) == ["exact", "synonym", "prefix", "in", "dept", "pinyin"]


def test_among_equals_what_themes_name_comes_first_then_the_shorter_name():
    made = small(guide("a", "结婚登记（补领）"), guide("b", "结婚登记撤销"), guide("i017", "结婚登记（涉外婚姻，需翻译件）"))
    assert codes(made.find("结婚")) == ["i017", "b", "a"]


def test_initials_come_before_pinyin():
    made = small(guide("pinyin", "华生"), guide("initials", "和税"))
    assert codes(made.find("hs")) == ["initials", "pinyin"]
    assert codes(small(guide("one", "护照"), guide("two", "湖州")).find("huzhao")) == ["one"]


def test_pinyin_begins_where_a_syllable_does():
    made = small(guide("one", "安全"))
    assert codes(made.find("an")) == codes(made.find("anquan")) == codes(made.find("aq")) == codes(made.find("anq")) == ["one"]
    assert made.find("nquan").total == 0
    assert made.find("quanan").total == 0


def test_synonyms_are_found_by_their_pinyin_too():
    made = small(guide("one", "企业设立登记", synonyms=("登企",)))
    assert codes(made.find("dengqi")) == codes(made.find("dq")) == ["one"]


def test_a_wrong_character_of_the_right_sound_and_a_southern_tongue_find_what_is_near():
    made = small(guide("card", "社会保障卡申领"), guide("other", "结婚登记"))
    near = made.find("设会保障")  # 设 is read in no name
    assert codes(near) == ["card"]
    assert near.near
    assert codes(small(guide("card", "社会保障卡"), guide("other", "设立宝塔")).find("设会宝障")) == ["card"]
    assert codes(made.find("sehuibaozang")) == ["card"]


def test_what_fits_nothing_finds_nothing_and_what_is_near_says_so():
    assert everything().find("量子纠缠") == replace(everything().find("量子纠缠"), items=(), total=0)
    part = everything().find("食品经营许可xyz")
    assert (part.near, part.items[0].code) == (True, "food")
    near = everything().find("出租汽车驾驶员考试报名")
    assert near.near
    assert "出租汽车" in near.items[1].name["zh-CN"]


def test_narrowing():
    assert set(names("", Narrowing(tag=ListTag.ONLINE), 100)) <= {name for at, name in enumerate(NAMES) if at % 4 == 1}
    assert names("登记", Narrowing(department="social"), 100)
    assert all("保险" in name for name in names("登记", Narrowing(department="social"), 100))
    assert names("", Narrowing(theme="birth")) == ["出生登记", "新生儿参保登记"]
    assert names("参保", Narrowing(theme="birth")) == ["新生儿参保登记"]
    assert names("", Narrowing(theme="nothing")) == names("", Narrowing(department="nothing")) == []
    both = everything().find("", Narrowing(department="social", tag=ListTag.NEARBY), 100)
    assert both.total
    assert all(item.department == "social" and ListTag.NEARBY in item.lists for item in both.items)


def test_nothing_typed_is_everything_what_themes_name_first():
    found = everything().find("  ", EVERYTHING, 4000)
    assert found.total == len(found.items) == 4000
    themed = {"i000", "food", "i017", "i041"}
    assert {item.code for item in found.items[:4]} == themed
    rest = codes(found)[4:]
    assert rest == sorted(rest)
    assert len(names("", most=0)) == 0


def test_machines_nearby_are_found_by_what_they_do():
    find = everything().machines
    assert find("违章") == find("traffic offences") == ("traffic",)
    assert find("公积金") == find("gongjijin") == ("fund",)
    assert find("") == find("量子纠缠") == ()


def test_a_word_that_says_nothing_finds_only_what_has_it():
    assert everything().find("the").total <= 2  # of the housing fund
    assert everything().find("怎么办").total == 0
    assert everything().find("的").total < 10
    assert codes(small(guide("one", "护照", "Passport of the people"), guide("two", "结婚")).find("the")) == ["one"]


def test_a_code_is_found():
    assert codes(everything().find("m0123")) == ["m0123"]


def test_the_empty_catalogue_finds_nothing():
    assert EMPTY.search("护照") == ()
    assert EMPTY.find("").total == 0
    assert EMPTY.neighbours("违章") == EMPTY.notices(a_head().published.date()) == ()
    assert EMPTY.item("x") is EMPTY.guide("x") is None
    assert EMPTY.area_of("tax") == ""


def test_a_catalogue_of_guides_is_searched_without_an_index_of_its_own():
    made = Catalogue(a_head(), [guide("one", "护照"), guide("two", "湖州")])
    assert [one.code for one in made.search("huzhao")] == ["one"]
    assert made.area_of("licence") == "a"
    assert made.item("two").name == w("湖州")


HOSTILE = st.text(st.characters(exclude_categories=[]), max_size=80) | st.text(st.sampled_from("护照结婚登记 ahuzjie'ü.*+?[](){}|\\^$😀\u0301\ud800\u200d０ａ"), max_size=80)


@given(HOSTILE, st.sampled_from([EVERYTHING, Narrowing(tag=ListTag.ONLINE), Narrowing(theme="birth", department="market")]))
@settings(max_examples=150, derandomize=True, deadline=None)
def test_whatever_is_typed_finds_something_or_nothing(text, narrowing):
    found = everything().find(text, narrowing, 7)
    assert len(found.items) == min(found.total, 7)
    assert len({item.code for item in found.items}) == len(found.items)
    everything().machines(text)


@pytest.mark.parametrize("text", ["护" * 10_000, "a" * 10_000, "zh" * 5000, "护照 " * 3000, "nan" * 4000, "\ud800" * 10_000, "ﷺ" * 10_000, "." * 10_000])
def test_ten_thousand_characters_are_no_more_than_the_first(text):
    assert everything().find(text) == everything().find(text[:LONGEST])


@given(HOSTILE)
@settings(max_examples=200, derandomize=True, deadline=None)
def test_a_query_falls_into_a_few_terms_without_what_cannot_be_compared(text):
    terms = parse(text, WORDS)
    assert len(terms) <= 6
    for term in terms:
        assert term.whole
        assert term.whole == normal(term.whole)
        assert all(name for part in term.parts for name in part)


def test_parts_are_known_words_and_what_is_between_them():
    (term,) = parse("怎么给我的房产办理过户", WORDS)
    assert [part[0] for part in term.parts] == ["房产", "过户"]
    assert "不动产" in term.parts[0]
    assert "转移登记" in term.parts[1]
    assert [term.whole for term in parse("Hu Zhao护照ETC")] == ["huzhao", "护照", "etc"]


def test_the_everyday_words_are_written_as_they_are_compared():
    for word in (*WORDS.stop, *WORDS.words, *(name for some in WORDS.words.values() for name in some)):
        assert word == normal(word) != ""
    assert not WORDS.stop & WORDS.words.keys()
