"""Halls and stations: hours, addresses, the map of this one, its windows, and notices. Needs no office."""

from kiosk.flow import Flow, Step
from kiosk.flows.hall_info import halls, maps
from kiosk.flows.hall_info.facts import Facts

FLOW: Flow[Facts] = Flow(
    name="hall_info",
    start="start",
    facts=Facts(),
    about=maps.about,
    steps={
        "start": Step(screen=halls.start, react=halls.started),
        "sites": Step(screen=halls.sites, react=halls.site_chosen),
        "site": Step(screen=halls.site, react=halls.in_site),
        "map": Step(screen=maps.hall_map, react=maps.on_map),
        "windows": Step(screen=maps.windows, react=maps.window_chosen),
        "not_on_map": Step(screen=maps.not_on_map, react=maps.from_not_on_map, passing=True),
        "notices": Step(screen=halls.notices, react=halls.notice_chosen),
        "notice": Step(screen=halls.notice, react=halls.in_notice),
    },
)
