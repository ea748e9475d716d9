"""With the real office: its catalogue comes over whole, and in all 4,000 items people find what they mean."""

from dataclasses import fields, replace
from functools import cache

import pytest
from office_help import FRIDAY, KEY, OTHER_KEY, Clock, make_template, running_office

from kiosk import assembly
from kiosk.backend.abort import Abort
from kiosk.backend.access import OfficeAccess
from kiosk.backend.client import OfficeClient
from kiosk.backend.messages.catalogue import CatalogueHead
from kiosk.backend.messages.catalogue_requests import ListGuides
from kiosk.catalogue import sync
from kiosk.catalogue.index import Index
from kiosk.catalogue.items import item_of
from kiosk.catalogue.kept import unpack
from kiosk.catalogue.query import everyday
from kiosk.catalogue.store import Store
from kiosk.office.catalogue import guide
from kiosk.office.catalogue.publishing import publish
from kiosk.office.catalogue.reading import in_force
from kiosk.office.seed_catalogue import city_catalogue, seed_catalogue

WORDS = everyday(assembly.ASSETS / "search.toml")
SAID = {  # what people say, and a part of what must be among the first five
    "办执照": "企业设立登记", "营业执照怎么办": "企业设立登记", "个体户": "个体工商户设立登记", "我想开一家小饭店": "个体工商户设立登记", "开饭店": "食品经营许可",
    "食品证": "食品经营许可", "交社保": "社会保险", "社保卡丢了": "社会保障卡挂失", "医保转移": "基本医疗保险关系转移", "灵活就业": "灵活就业人员", "失业金": "失业保险金申领",
    "工伤": "工伤认定", "上户口": "出生登记", "给孩子上户口": "出生登记", "迁户口": "户口迁移", "户口本": "户口簿", "身份证丢了": "居民身份证丢失补领", "居住证": "居住证申领",
    "护照": "普通护照", "港澳证": "往来港澳通行证", "公积金": "住房公积金提取", "取公积金": "住房公积金提取", "公积金贷款": "住房公积金", "房产过户": "二手房买卖", "二手房": "二手房",
    "结婚证": "结婚登记", "离婚": "离婚登记", "换驾照": "机动车驾驶证", "上牌": "机动车注册登记", "违章": "交通违法处理", "低保": "最低生活保障金申领", "残疾证": "残疾人证",
    "教师资格证": "教师资格", "准生证": "生育登记", "公租房": "公共租赁住房", "开发票": "发票", "契税": "契税申报", "老年卡": "老年人", "交电费": "水电气热缴费", "无犯罪证明": "违法犯罪记录",
    "huzhao": "普通护照", "jiehun": "结婚登记", "qysl": "企业设立登记", "gjjtq": "住房公积金提取", "sbk": "社会保障卡", "passport": "普通护照", "food licence": "食品经营许可",
    "business registration": "企业设立登记", "identity card": "居民身份证", "renew driving license": "机动车驾驶证",
}


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_template(tmp_path_factory.mktemp("catalogue-office"))


@pytest.fixture
def running(template, tmp_path):
    with running_office(template, tmp_path, Clock()) as opened:
        yield opened


def client(serving, key=KEY):
    return OfficeClient(OfficeAccess(url=serving.url, key=key))


def fetch(ask, before=None):
    return sync.fetch(ask, before, lambda: FRIDAY, Abort(), {})


def test_all_guides_of_the_office_come_over_as_they_are(running, tmp_path, monkeypatch):
    monkeypatch.setattr(sync, "PAGE", 45)
    serving, app = running
    kept = fetch(client(serving))
    assert len(kept.guides) == len(kept.items) > 100
    with app.state.office.database.read() as connection:
        for code, body in list(kept.guides.items())[::7]:
            assert unpack(body) == guide(connection, code)
    assert kept.head.here == "city"
    assert fetch(client(serving), kept) is None
    other = fetch(client(serving, OTHER_KEY), kept)  # the same catalogue, seen from another hall
    assert other.head.here == "baiyang"
    assert other.guides == kept.guides
    Store(tmp_path / "catalogue.db").save(kept)
    assert Store(tmp_path / "catalogue.db").load() == kept


def test_of_another_version_only_what_changed_comes_over(running):
    serving, app = running
    asked = []

    class Watched(OfficeClient):
        def ask(self, request, abort=None):
            asked.extend(request.codes if isinstance(request, ListGuides) else ())
            return super().ask(request, abort)

    watched = Watched(OfficeAccess(url=serving.url, key=KEY))
    before = fetch(watched)
    with app.state.office.database.write() as connection:
        source = in_force(connection)
        guides = (replace(source.guides[3], visits=9), *source.guides[4:])
        publish(connection, replace(source, guides=guides, themes=()), FRIDAY)
    asked.clear()
    assert fetch(watched, before) == fetch(client(serving))
    assert asked == [source.guides[3].code]


def test_the_office_publishes_another_catalogue_in_the_middle(running, monkeypatch):
    monkeypatch.setattr(sync, "PAGE", 30)
    serving, app = running
    pages = []

    class Watched(OfficeClient):
        def ask(self, request, abort=None):
            reply = super().ask(request, abort)
            if isinstance(request, ListGuides):
                pages.append(reply.version)
                if len(pages) == 2:
                    with app.state.office.database.write() as connection:
                        seed_catalogue(connection, app.state.office, 10)
            return reply

    kept = fetch(Watched(OfficeAccess(url=serving.url, key=KEY)))
    assert pages[0] == pages[1] != pages[-1] == kept.head.version
    with app.state.office.database.read() as connection:
        assert all(guide(connection, code) is not None for code in kept.guides)


@cache
def whole():
    source = city_catalogue()
    parts = {one.name: getattr(source, one.name) for one in fields(source) if one.name != "guides"}
    head = CatalogueHead(**parts, version="1", published=FRIDAY, here="city")
    return Index([item_of(one, "city") for one in source.guides], head, WORDS)


@pytest.mark.parametrize(("said", "part"), SAID.items())
def test_in_the_whole_city_people_find_what_they_mean_among_the_first_five(said, part):
    found = [item.name["zh-CN"] for item in whole().find(said, most=5).items]
    assert any(part in name for name in found), found


def test_each_of_the_whole_city_is_found_by_its_name():
    every = whole().find("", most=10_000).items
    assert len(every) >= 4000
    names = [item.name["zh-CN"] for item in every]
    for item in every[::37]:
        found = whole().find(item.name["zh-CN"], most=names.count(item.name["zh-CN"]))
        assert item.code in {one.code for one in found.items}
