"use strict";

(() => {
  const page = document.getElementById("page").dataset;
  const at = name => document.getElementById(name);
  let calledAt = null;
  const fact = (label, value) => [Live.make("dt", label), Live.make("dd", value)];

  function facts(position) {
    if (position.state === "waiting") {
      const wait = position.wait ? Live.fill(page.minutes, { least: position.wait[0], most: position.wait[1] }) : page.unknown;
      return [...fact(page.ahead, Live.fill(page.people, { n: position.ahead })), ...fact(page.wait, wait), ...fact(page.where, Live.word(position.where))];
    }
    return position.counter && position.state !== "finished" ? fact(page.counter, Live.word(position.counter)) : [];
  }

  function show(position) {
    at("hall").textContent = Live.word(position.hall_name);
    at("service").textContent = Live.word(position.service_name);
    at("number").textContent = position.number;
    at("state").textContent = page[position.state] || position.state;
    at("note").textContent = position.state === "waiting" && position.booked_first ? page.booked : "";
    Live.show(at("facts"), facts(position));
    const called = position.state === "called";
    if (called && position.called !== calledAt && navigator.vibrate)
      navigator.vibrate([300, 150, 300]);
    calledAt = position.called;
    document.body.classList.toggle("called", called);
    document.title = position.number + " " + at("state").textContent;
  }

  Live.follow(location.pathname + "/events", show, away => { at("trouble").textContent = away ? page.away : ""; });
})();
