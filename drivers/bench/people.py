"""Made-up people whose cards the bench reader holds: area code 999999 belongs to no place, and no name could be a person's.

`drivers.bench.cards` turns a person into the bytes of a card.
"""

from dataclasses import dataclass
from datetime import date

from drivers.contract import CardKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What one card says; `key` names the card on the bench, `valid_to` None is 长期, `sex` and `ethnicity` are codes as on the card."""

    key: str
    name: str
    number: str
    born: date
    sex: str
    valid_from: date
    valid_to: date | None
    ethnicity: str = "01"
    address: str = "测试省测试市样例区示范街道甲号楼一单元"
    issuer: str = "测试市样例公安局"
    kind: CardKind = CardKind.RESIDENT
    latin_name: str = ""
    country: str = ""
    travel_permit: str = ""


PEOPLE = (
    Person(
        key="jia",
        name="测试·甲一",
        number="999999199001010016",
        born=date(1990, 1, 1),
        sex="1",
        valid_from=date(2020, 5, 1),
        valid_to=date(2040, 5, 1),
    ),
    Person(
        key="yi",
        name="测试·乙二",
        number="999999198506120021",
        born=date(1985, 6, 12),
        sex="2",
        ethnicity="03",
        valid_from=date(2016, 2, 29),
        valid_to=date(2036, 2, 28),
    ),
    Person(
        key="rare",  # U+36C3, outside GB2312
        name="测试㛃",
        number="999999200103010039",
        born=date(2001, 3, 1),
        sex="1",
        valid_from=date(2019, 3, 1),
        valid_to=date(2029, 3, 1),
    ),
    Person(
        key="surrogate",  # U+20BB7, two UTF-16 units
        name="测试𠮷",
        number="99999919920308104X",
        born=date(1992, 3, 8),
        sex="2",
        valid_from=date(2018, 3, 8),
        valid_to=date(2038, 3, 8),
    ),
    Person(
        key="long",  # fills all 15 units of the field
        name="测试·阿不都热合曼·买买提甲乙",
        number="99999919660415105X",
        born=date(1966, 4, 15),
        sex="1",
        ethnicity="05",
        address="测试自治区测试自治州样例自治县示范镇测试村第一村民小组测试路九十九号院",
        valid_from=date(2012, 4, 15),
        valid_to=date(2032, 4, 15),
    ),
    Person(
        key="elder",
        name="测试·长者",
        number="999999194101010061",
        born=date(1941, 1, 1),
        sex="2",
        ethnicity="02",
        valid_from=date(2006, 1, 10),
        valid_to=None,
    ),
    Person(
        key="minor",
        name="测试·少年",
        number="999999201206011098",
        born=date(2012, 6, 1),
        sex="1",
        valid_from=date(2024, 6, 1),
        valid_to=date(2029, 6, 1),
    ),
    Person(
        key="expired",
        name="测试·过期",
        number="999999197007070109",
        born=date(1970, 7, 7),
        sex="2",
        ethnicity="97",
        valid_from=date(2001, 7, 7),
        valid_to=date(2021, 7, 7),
    ),
    Person(
        key="permit",
        kind=CardKind.HMT_PERMIT,
        name="测试·港一",
        number="999999197511300073",
        born=date(1975, 11, 30),
        sex="1",
        ethnicity="",
        valid_from=date(2023, 1, 1),
        valid_to=date(2028, 1, 1),
        travel_permit="H99999999",
    ),
    Person(
        key="foreign2017",
        kind=CardKind.FOREIGN_2017,
        name="测试外一",
        latin_name="TEST, PERSON ONE",
        number="XXA999988122501",
        born=date(1988, 12, 25),
        sex="2",
        ethnicity="",
        address="",
        issuer="9999",
        valid_from=date(2018, 6, 15),
        valid_to=date(2028, 6, 14),
        country="XXA",
    ),
    Person(
        key="foreign2023",
        kind=CardKind.FOREIGN_2023,
        name="测试外二",
        latin_name="TEST, PERSON TWO OF A NAME LONGER THAN A FIELD",
        number="999999199311112034",
        born=date(1993, 11, 11),
        sex="1",
        ethnicity="",
        address="",
        issuer="",
        valid_from=date(2024, 1, 2),
        valid_to=date(2034, 1, 1),
        country="XXB",
    ),
)
