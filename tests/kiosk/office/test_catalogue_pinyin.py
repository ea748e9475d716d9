import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.office.catalogue.pinyin import initials, reading

FUZZ = settings(max_examples=200, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("name", "pinyin", "letters"),
    [
        ("企业设立登记", "qi ye she li deng ji", "qysldj"),
        ("重庆", "chong qing", "cq"),
        ("银行行长任职资格核准", "yin hang hang zhang ren zhi zi ge he zhun", "yhhzrzzghz"),
        ("社会保险参保登记", "she hui bao xian can bao deng ji", "shbxcbdj"),
        ("调档函开具", "diao dang han kai ju", "ddhkj"),
        ("工作调动", "gong zuo diao dong", "gzdd"),
        ("提前还款", "ti qian huan kuan", "tqhk"),
        ("退耕还林补助申领", "tui geng huan lin bu zhu shen ling", "tghlbzsl"),
        ("会计人员", "kuai ji ren yuan", "kjry"),
        ("行政给付", "xing zheng ji fu", "xzjf"),
        ("长期护理", "chang qi hu li", "cqhl"),
        ("校长", "xiao zhang", "xz"),
        ("律师执业", "lv shi zhi ye", "lszy"),
        ("药品经营许可（零售）新办", "yao pin jing ying xu ke ling shou xin ban", "ypjyxklsxb"),
        ("APEC商务旅行卡", "apec shang wu lv xing ka", "aswlxk"),
        ("12345工单", "12345 gong dan", "1gd"),
        ("臺灣居民居住證補領（換發）", "tai wan ju min ju zhu zheng bu ling huan fa", "twjmjzzblhf"),
        ("测试㛃䶮", "ce shi jie yan", "csjy"),
        ("", "", ""),
        ("（）", "", ""),
    ],
)
def test_readings(name, pinyin, letters):
    assert (reading(name), initials(reading(name))) == (pinyin, letters)


@FUZZ
@given(st.text(max_size=30))
def test_a_reading_can_be_typed_on_any_keyboard(name):
    pinyin = reading(name)
    assert re.fullmatch(r"([a-z0-9]+( [a-z0-9]+)*)?", pinyin)
    assert len(initials(pinyin)) == len(pinyin.split())
