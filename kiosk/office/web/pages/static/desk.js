"use strict";

(() => {
  const at = name => document.getElementById(name);

  async function act(path, body) {
    const state = await Desk.api("POST", path, body);
    if (state && state.window)
      show(state);
  }

  function show(state) {
    Desk.draw("desk", () => render(state));
  }

  function render(state) {
    at("counter-name").textContent = Live.word(state.counter_name);
    at("hall-name").textContent = Live.word(state.hall_name) + " · " + state.clerk_name;
    at("window").textContent = Desk.say("window-" + state.window);
    windowActs(state);
    Live.show(at("hand"), Desk.hand(state.current));
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

  at("find-promised").addEventListener("submit", event => {
    event.preventDefault();
    Desk.promised.find();
  });
  Desk.sit(show, Desk.promised.forget);
})();
