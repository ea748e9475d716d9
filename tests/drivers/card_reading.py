"""Asking the ID-card reader for a card, and why there was none."""

from drivers.contract import Failed, ReadCard

ROLE = "id_reader"


def read(reader, command_id="1"):
    reader.do(ReadCard(role=ROLE, id=command_id))


def reason(ear, command_id="1"):
    answer = ear.answer(command_id)
    assert isinstance(answer, Failed), answer
    return answer.error.reason
