"""What letters become: phrases, sentences, words of the hall, every standard character."""

import pytest
from pinyin_help import new_source, texts

from ui.pinyin import phrases, rare
from ui.pinyin.composer import Candidate, Composition

# Characters that names and surnames read in another way than usual.
# fmt: off
IN_NAMES = [
    "单shan", "仇qiu", "区ou", "朴piao", "解xie", "曾zeng", "查zha", "盖ge", "任ren", "华hua", "尉yu", "万mo", "俟qi", "冼xian", "缪miao",
    "繁po", "逄pang", "折she", "乐yue", "员yun", "召shao", "祭zhai", "翟zhai", "覃qin", "隗wei", "谌chen", "郇xun", "牟mou", "晟sheng", "宓mi",
    "亓qi", "妫gui", "乜nie", "撒sa", "柏bai", "仝tong", "郗xi", "种chong", "句gou", "能nai", "那na", "堃kun", "喆zhe", "淼miao", "翀chong",
    "彧yu", "昇sheng", "龑yan", "䶮yan", "㛃jie", "珺jun", "赟yun", "婳hua", "旻min", "玥yue", "璟jing", "翯he", "晢zhe", "昳yi", "祎yi", "頔di",
    "莙jun",
]
# fmt: on


@pytest.fixture(scope="module")
def source():
    source = new_source()
    yield source
    source.close()


def test_words_and_sentences_come_first(source):
    for letters, text in {
        "nihao": "你好",
        "shenfenzheng": "身份证",
        "neimenggu": "内蒙古",
        "zhonghuarenmingongheguo": "中华人民共和国",
        "woyaoqukanyixia": "我要去看一下",
        "nh": "你好",
        "sfz": "身份证",
        "xi'an": "西安",
        "xian": "先",
    }.items():
        assert texts(source, letters)[0] == text


def test_words_of_the_hall_come_before_what_the_engine_makes_of_them(source):
    assert texts(source, "quhao")[:3] == ["取号", "去好", "区号"]
    assert texts(source, "laonianyoudaizheng")[0] == "老年优待证"
    assert texts(source, "baotoushikundulunqugangtiedajie")[0] == "包头市昆都仑区钢铁大街"
    assert texts(source, "xzspj")[0] == "行政审批局"


def test_a_word_is_offered_before_it_is_typed_to_its_end(source):
    assert "不动产权证书" in texts(source, "budongchanq")[:3]
    assert texts(source, "budongchanq").count("不动产权证书") == 1


def test_a_candidate_tells_how_many_letters_it_stands_for(source):
    found = {candidate.text: candidate.used for candidate in source.candidates("xi'anshi")}
    assert found["西安市"] == 8
    assert found["西安"] == 5
    assert found["西"] == 3


def test_what_cannot_be_read_stays(source):
    assert source.candidates("nihaoi")[0] == Candidate(text="你好", used=5)
    assert source.candidates("iii") == ()
    assert source.candidates("'") == ()


def test_the_table_of_standard_characters():
    characters = rare.standard_characters()
    assert len(characters) == len(set(characters)) == 8105
    assert characters[:5] == "一乙二十丁"
    assert (characters[3499], characters[6499], characters[8104]) == ("矗", "齉", "蠼")  # its levels end there
    assert all("\u3400" <= character <= "\u9fff" or character >= "\U00020000" for character in characters)


def pages(source, letters):
    """Every candidate, as a citizen sees them who types the letters and turns all pages."""
    composition = Composition()
    for letter in letters:
        composition = composition.type(letter)
    return [candidate.text for candidate in source.candidates(composition.letters)]


def test_every_standard_character_is_reached_by_every_reading(source):
    readings = rare.readings()
    standard = rare.standard_characters()
    syllables = {syllable for character in standard for syllable in readings[character]}
    found = {syllable: pages(source, syllable) for syllable in syllables}
    assert [character for character in standard if not readings[character]] == []
    missing = [(character, syllable) for character in standard for syllable in readings[character] if character not in found[syllable]]
    assert missing == []
    doubled = [syllable for syllable, candidates in found.items() if len(candidates) != len(set(candidates))]
    assert doubled == []


def test_common_characters_come_before_rare_ones(source):
    yan = pages(source, "yan")
    assert yan.index("言") < yan.index("颜") < yan.index("䶮")
    assert len(yan) < 400


def test_characters_of_names(source):
    assert [name for name in IN_NAMES if name[0] not in pages(source, name[1:])] == []


def test_u_with_dots_is_v_or_u(source):
    assert "绿" in pages(source, "lv")
    assert "绿" in pages(source, "lu")
    assert "绿" in pages(source, "lü")
    assert "女" in pages(source, "nü")
    assert texts(source, "nvhai")[0] == "女孩"
    assert pages(source, "lve")[0] == pages(source, "lue")[0] == "略"
    assert "虐" in pages(source, "nve")


def test_the_words_can_all_be_typed():
    readings = rare.readings()
    words = phrases.words()
    found = phrases.Phrases(words, readings)
    assert len(words) > 200
    for word in words:
        letters = "".join(readings[character][0] for character in word)
        assert word in [match.text for match in found.matching(letters)[0]], word


def test_a_folder_of_phrases_may_have_remarks_and_blank_lines(tmp_path, monkeypatch):
    (tmp_path / "city.txt").write_text("# 街道\n\n友谊大街\n  友谊大街\n昆区\n", encoding="utf-8")
    monkeypatch.setattr(phrases, "_FOLDER", tmp_path)
    assert phrases.words() == ("友谊大街", "昆区")
