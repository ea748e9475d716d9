import pytest
from click.testing import CliRunner

from kiosk.__main__ import cli


def office(*arguments):
    return CliRunner().invoke(cli, ["office", *map(str, arguments)])


@pytest.mark.parametrize("command", ["serve", "enrol", "due-days", "openapi", "catalogue"])
def test_every_command_explains_itself(command):
    result = office(command, "--help")
    assert result.exit_code == 0
    assert len(result.output) > 100


def test_due_days_are_set_and_shown(tmp_path):
    database = f"sqlite:///{tmp_path / 'office.db'}"
    assert (
        office("due-days", "--database", database).output == "question: 3 working days\norder: 5 working days\ncomplaint: 5 working days\n"
    )
    assert "order: 7 " in office("due-days", "--database", database, "--order", 7).output
    assert (
        office("due-days", "--database", database).output == "question: 3 working days\norder: 7 working days\ncomplaint: 5 working days\n"
    )
    assert office("due-days", "--database", database, "--order", 0).exit_code == 2


def key(tmp_path, content):
    file = tmp_path / "sms.key"
    file.write_text(content, encoding="utf-8")
    return file


def test_serve_says_what_is_wrong_with_its_options(tmp_path):
    secret = tmp_path / "office.secret"
    good = ("serve", "--database", f"sqlite:///{tmp_path / 'office.db'}", "--secret-file", secret)
    wrong = [
        (*good, "--sms-gateway", "http://127.0.0.1/"),
        (*good, "--sms-key-file", key(tmp_path, "k")),
        (*good, "--sms-gateway", "ftp://x", "--sms-key-file", key(tmp_path, "k")),
        (*good, "--sms-gateway", "http://127.0.0.1/", "--sms-key-file", key(tmp_path, "")),
        (*good, "--sms-gateway", "http://127.0.0.1/", "--sms-key-file", key(tmp_path, "密")),
        ("serve", "--database", "mysql://u:geheim@h/d", "--secret-file", secret),
        ("serve", "--database", "nonsense", "--secret-file", secret),
        ("enrol", "--database", "nonsense", "--hall", "city", "t1"),
    ]
    for arguments in wrong:
        result = office(*arguments)
        assert result.exit_code in {1, 2}, arguments
        assert isinstance(result.exception, SystemExit), arguments
        assert "Error: " in result.output
        assert "geheim" not in result.output
