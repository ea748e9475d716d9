"""At the terminal: touches through some screens over and over, alone and beside other work. Prints times in ms as JSON."""

import json
import random
import sys

from finger import Finger, Watched, settled
from load import Load
from papers import take_ticket, ticket

from ui import main as process
from ui.app import application

ROUNDS = 23
WAY = (
    ("answer:start", "Home"),
    ("answer:choose:service:look_up", "Choose"),
    ("answer:choose:number", "Enter"),
    ("answer:frame-back", "Choose"),
    ("answer:choose:card", "Question"),
    ("answer:frame-back", "Choose"),
    ("answer:frame-back", "Home"),
    ("answer:choose:entrance:query", "Choose"),
    ("answer:frame-end", "Attract"),
)
MOTION = 0.2  # s, a little more than pages take to turn


def walk(finger: Finger, chance: random.Random, rounds: int = ROUNDS) -> dict[str, list]:
    taken: dict[str, list] = {"pressed": [], "turned": [], "to": []}
    for _ in range(rounds):
        for name, then in WAY:
            pressed, turned = finger.touch(name, then)
            taken["pressed"].append(pressed)
            taken["turned"].append(turned)
            taken["to"].append(then)
            finger.rest(MOTION + chance.uniform(0, 0.04))
    return taken


def main() -> None:
    settings, sentences = settled(sys.argv[1])
    paper = ticket(take_ticket(settings.terminal.office))
    app = application(["kiosk"])
    running = Watched(settings, sentences)
    finger, chance = Finger(running), random.Random(1)
    finger.ready()
    process._keep_what_started()
    first, alone = walk(finger, chance, rounds=1), walk(finger, chance)
    with Load(running, paper) as load:
        beside = walk(finger, chance)
    running.close()
    app.processEvents()
    sys.stdout.write(json.dumps({"first": first, "alone": alone, "beside": beside, "done": load.done}))


main()
