"use strict";

(() => {
  const at = name => document.getElementById(name);
  const waiting = new Set();
  let underway = Promise.resolve();
  let source = null;
  let pressed = 0;
  let newest = null;

  // One request after the other; the same again while it waits is a double click and does nothing. Gives the answer, or null.
  function api(method, path, body) {
    const wanted = JSON.stringify([method, path, body]);
    if (waiting.has(wanted))
      return Promise.resolve(null);
    waiting.add(wanted);
    underway = underway.then(() => request(method, path, body)).finally(() => waiting.delete(wanted));
    return underway;
  }

  // What is refused is said in words.
  async function request(method, path, body) {
    try {
      const headers = { "X-Requested-With": "desk" };
      if (body !== undefined)
        headers["Content-Type"] = "application/json";
      const answer = await fetch("/desk/api/" + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
      const said = answer.status === 204 ? {} : await answer.json();
      if (answer.ok) {
        at("trouble").textContent = "";
        return said;
      }
      if (answer.status === 401 && said.code !== "wrong_pin")
        out();
      refused(said.code || String(answer.status));
    } catch {
      at("trouble").textContent = Desk.say("away");
    }
    return null;
  }

  function refused(code) {
    const key = code === "window_closed" ? "window-closed-code" : code;
    const said = Desk.say(key);
    at("trouble").textContent = said === key ? Desk.say("refused", { code }) : said;
    if (!at("sign-in").hidden)
      at("sign-in").append(at("trouble"));
  }

  async function act(path, body) {
    const state = await api("POST", path, body);
    if (state && state.window)
      show(state);
  }

  // A button is not replaced under the finger that presses it: a click needs it from the beginning to the end.
  function show(state) {
    newest = state;
    if (!pressed)
      render(state);
  }

  function release() {
    clearTimeout(pressed);
    pressed = 0;
    if (newest && !at("desk").hidden)
      render(newest);
  }

  document.addEventListener("pointerdown", event => {
    if (event.target.closest("button"))
      pressed = setTimeout(release, 3000);
  });
  for (const end of ["pointerup", "pointercancel"])
    document.addEventListener(end, () => { if (pressed) setTimeout(release); });

  function render(state) {
    at("counter-name").textContent = Live.word(state.counter_name);
    at("hall-name").textContent = Live.word(state.hall_name) + " · " + state.clerk_name;
    at("window").textContent = Desk.say("window-" + state.window);
    windowActs(state);
    Live.show(at("hand"), Desk.hand(state.current, api));
    handActs(state);
    Live.show(at("queues"), state.queues.map(one => queue(one, state.window === "open" && !state.current)));
    Live.show(at("waiting"), state.waiting.map(one => Desk.row(one, Desk.say("waited", { n: one.waited_minutes }), [green(one)])));
    Live.show(at("parked"), state.parked.map(one => Desk.row(one, one.note, [Desk.button("unpark", () => act("unpark", { ticket: one.id }))])));
    Live.show(at("missed"), state.missed.map(missed));
    document.body.dataset.shown = state.at;
  }

  function queue(one, free) {
    const row = Live.make("li");
    row.dataset.service = one.service;
    const longest = one.waiting ? " · " + Desk.say("longest", { n: one.longest_minutes }) : "";
    row.append(Live.make("strong", one.prefix), Live.make("span", Live.word(one.name)), Live.make("span", Desk.say("people", { n: one.waiting }) + longest, "small"));
    if (one.waiting && free)
      row.append(Desk.button("call-next", () => act("call-next", { services: [one.service] })));
    return row;
  }

  function missed(one) {
    const again = one.requeue_until ? [Desk.button("requeue", () => act("requeue", { ticket: one.ticket.id }))] : [];
    return Desk.row(one.ticket, "", again);
  }

  function green(ticket) {
    return Desk.button("green", async () => {
      const said = await Desk.ask(ticket.number, [["reason", Desk.say("reason"), "text", ""]]);
      if (said)
        act("green", { ticket: ticket.id, reason: said.reason });
    });
  }

  function windowActs(state) {
    const open = Desk.button("open", () => act("open"), true);
    const close = Desk.button("close", () => act("close"));
    const pause = Desk.button("break", async () => {
      const said = await Desk.ask(Desk.say("break"), [["minutes", Desk.say("minutes-long"), "number", "10"], ["words", Desk.say("words"), "text", ""]]);
      if (said)
        act("break", { minutes: Number(said.minutes), words: said.words });
    });
    Live.show(at("window-acts"), state.window === "open" ? [pause, close] : [open]);
    Live.show(at("leave"), [Desk.button("sign-out", async () => { if (await api("POST", "sign-out")) out(); })]);
  }

  function handActs(state) {
    const current = state.current;
    if (!current) {
      const next = Desk.button("call-next", () => act("call-next"), true);
      next.disabled = state.window !== "open" || !state.queues.some(one => one.waiting);
      Live.show(at("acts"), [next]);
      return;
    }
    const ticket = current.ticket.id;
    const park = Desk.button("park", async () => {
      const said = await Desk.ask(Desk.say("park"), [["reason", Desk.say("reason"), "text", ""]]);
      if (said)
        act("park", { ticket, reason: said.reason });
    });
    const transfer = Desk.button("transfer", async () => {
      const any = { code: "", name: { [Live.language]: Desk.say("any-window") } };
      const said = await Desk.ask(Desk.say("transfer"), [
        ["service", Desk.say("service"), "select", state.services, current.ticket.service],
        ["counter", Desk.say("window"), "select", [any, ...state.counters.filter(one => one.code !== state.counter)], ""],
        ["comes_back", Desk.say("comes-back"), "checkbox", ""],
      ]);
      if (said)
        act("transfer", { ticket, ...said });
    });
    const on = name => () => act(name, { ticket });
    const called = [Desk.button("start", on("start"), true), Desk.button("recall", on("recall")), Desk.button("missed-it", on("missed"))];
    Live.show(at("acts"), [...(current.ticket.state === "called" ? called : [Desk.button("finish", on("finish"), true)]), park, transfer]);
  }

  function into(state) {
    at("sign-in").hidden = true;
    at("desk").hidden = false;
    at("desk").prepend(at("trouble"));
    show(state);
    if (source)
      source.close();
    source = Live.follow("/desk/api/events", show, look, () => { out(); refused("unauthorised"); });
  }

  // A desk that is refused news may have lost its session; what it asks by itself says so.
  function look(away, refused) {
    if (away)
      at("trouble").textContent = Desk.say("away");
    if (refused)
      api("GET", "state");
  }

  function out() {
    if (source)
      source.close();
    source = newest = null;
    Desk.promised.forget();
    at("desk").hidden = true;
    at("sign-in").hidden = false;
    at("pin").value = "";
  }

  function counters() {
    const codes = at("hall").selectedOptions[0]?.dataset.counters.split(",") ?? [];
    Live.show(at("counter"), codes.map(code => {
      const option = Live.make("option", code);
      option.value = code;
      return option;
    }));
  }

  at("hall").addEventListener("change", counters);
  counters();
  at("sign-in").addEventListener("submit", async event => {
    event.preventDefault();
    const body = { hall: at("hall").value, clerk: at("clerk").value, pin: at("pin").value, counter: at("counter").value };
    const state = await api("POST", "sign-in", body);
    at("pin").value = "";
    if (state)
      into(state);
  });
  at("find-promised").addEventListener("submit", event => {
    event.preventDefault();
    Desk.promised.find(api);
  });
  at("show-matters").addEventListener("click", () => Desk.matters.load(api));
  if ("signedIn" in at("page").dataset)
    api("GET", "state").then(state => (state ? into(state) : out()));
  else
    out();
})();
