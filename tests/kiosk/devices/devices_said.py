"""Runs `kiosk devices` in this process and gives what it said."""

import json

from click.testing import CliRunner

from kiosk.__main__ import cli


def kiosk(*arguments, said=""):
    return CliRunner().invoke(cli, ["devices", *map(str, arguments)], input=said)


def as_json(*arguments, said=""):
    result = kiosk(*arguments, "--json", said=said)
    return json.loads(result.stdout), result
