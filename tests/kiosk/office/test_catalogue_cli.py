import json

import msgspec
import pytest
from catalogue_help import city, put, small, without_queues
from click.testing import CliRunner
from office_help import FRIDAY

from kiosk.office.access import enrol
from kiosk.office.catalogue.reading import current_version, guide
from kiosk.office.catalogue.source import load, save
from kiosk.office.catalogue.spots import spot
from kiosk.office.catalogue_cli import catalogue
from kiosk.office.database import open_database
from kiosk.office.tables import halls


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'office.db'}"


def run(*arguments):
    return CliRunner().invoke(catalogue, [str(one) for one in arguments])


def test_check_says_what_is_wrong_and_what_is_missing(tmp_path):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    save(small(), good)
    result = run("check", good)
    assert (result.exit_code, result.output) == (0, "3 guides, 20 forms, 156 sites.\n")
    whole = json.loads(msgspec.json.encode(small()))
    whole["guides"][0]["department"] = "nowhere"
    whole["guides"][1]["texts"]["result"] = []
    for one in whole["sites"]:
        one["address"] = {"zh-CN": "某地"}
    bad.write_text(json.dumps(whole), encoding="utf-8")
    result = run("check", bad)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0] == f"fault  guide {small().guides[0].code}: department nowhere is unknown"
    assert lines[1].startswith("note   site city: 1 texts have no English")
    assert lines[-2] == "and 137 more notes"  # 156 sites and a guide without its result, less the 20 shown


@pytest.mark.parametrize("content", ["", "{", '{"guides": []}'])
def test_files_that_are_none_are_said_in_one_line(tmp_path, url, content):
    path = tmp_path / "c.json"
    path.write_text(content)
    for arguments in (("check", path), ("publish", "--database", url, path)):
        result = run(*arguments)
        assert result.exit_code == 1
        assert result.output.startswith(f"Error: {path}: ")
        assert len(result.output.splitlines()) == 1
    assert "No such file" in run("check", tmp_path / "nothing").output


def test_export_change_publish(tmp_path, url):
    path = tmp_path / "c.json"
    assert "no catalogue was published" in run("export", "--database", url, path).output
    save(without_queues(small()), path)
    result = run("publish", "--database", url, path)
    assert result.exit_code == 0, result.output
    assert result.output.startswith("Version 1-")
    out = tmp_path / "out.json"
    assert run("export", "--database", url, out).output == f"3 guides are in {out}.\n"
    exported = load(out)
    assert {one.code for one in exported.guides} == {one.code for one in small().guides}
    changed = json.loads(out.read_text(encoding="utf-8"))
    changed["guides"][0]["visits"] = 8
    path.write_text(json.dumps(changed), encoding="utf-8")
    assert run("publish", "--database", url, path).output.startswith("Version 2-")
    assert run("publish", "--database", url, path).output.startswith("Version 2-")
    database = open_database(url)
    with database.read() as connection:
        found = guide(connection, changed["guides"][0]["code"])
    database.close()
    assert (found.visits, found.version) == (8, 2)


def test_what_has_faults_is_not_published(tmp_path, url):
    path = tmp_path / "c.json"
    save(small(), path)  # this database has no halls and so no queues
    result = run("publish", "--database", url, path)
    assert result.exit_code == 1
    assert "hall city has no queue business" in result.output
    assert result.output.endswith("Error: not published\n")
    database = open_database(url)
    with database.read() as connection:
        assert current_version(connection) is None
    database.close()


def test_a_terminal_is_told_where_it_stands(url):
    database = open_database(url)
    database.migrate()
    with database.write() as connection:
        connection.execute(halls.insert().values(code="city", name={}, address={}, phone="", bands=(), hours={}, notices=[], privacy={}))
    enrol(database, "t1", "city", "k" * 32)
    put(database, city(), FRIDAY)
    assert run("stand", "--database", url, "t1", "2", "0.5", "0.25").output == "t1 stands on floor 2.\n"
    assert "has the floors 1, 2, 3" in run("stand", "--database", url, "t1", "7", "0.5", "0.25").output
    assert run("stand", "--database", url, "t1", "2", "1.5", "0.25").exit_code == 2
    with database.read() as connection:
        assert spot(connection, "t1").floor == "2"
    database.close()
