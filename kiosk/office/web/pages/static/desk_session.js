"use strict";

// The session of a clerk: requests in their order, refusals in words, signing in, and out wherever the session ended.
(() => {
  const at = name => document.getElementById(name);
  const waiting = new Set();
  const newest = new Map();
  let underway = Promise.resolve();
  let source = null;
  let sitting = 0;
  let pressed = 0;

  // One request after the other; the same again while it waits is a double click and does nothing. Gives the answer, or null. What
  // nobody asked for by a click, `quietly`, leaves what was said before.
  Desk.api = (method, path, body, quietly) => {
    const wanted = JSON.stringify([method, path, body]);
    if (waiting.has(wanted))
      return Promise.resolve(null);
    waiting.add(wanted);
    const asked = sitting;
    underway = underway.then(() => request(asked, method, path, body, quietly)).finally(() => waiting.delete(wanted));
    return underway;
  };

  // What is refused is said in words; what was asked in a session that has ended since is nobody's any more.
  async function request(asked, method, path, body, quietly) {
    try {
      if (asked !== sitting)
        return null;
      const headers = { "X-Requested-With": "desk" };
      if (body !== undefined)
        headers["Content-Type"] = "application/json";
      const answer = await fetch("/desk/api/" + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
      const said = answer.status === 204 ? {} : await answer.json();
      if (asked !== sitting)
        return null;
      if (answer.ok) {
        if (!quietly)
          at("trouble").textContent = "";
        return said;
      }
      if (answer.status === 401 && !at("desk").hidden)
        out();
      refused(said.code || String(answer.status));
    } catch {
      if (asked === sitting)
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

  // Asks until the office has taken it, or the clerk gives it up: what was written is not lost with a refusal.
  Desk.tell = async (title, fields, post) => {
    for (let wrong = ""; ; wrong = at("trouble").textContent) {
      const said = await Desk.ask(title, fields, wrong);
      if (!said)
        return null;
      const asked = sitting;
      const answer = await post(said);
      if (answer || asked !== sitting)
        return answer;
      fields = fields.map(([name, label, kind, value]) => (kind === "select" ? [name, label, kind, value, said[name]] : [name, label, kind, said[name]]));
    }
  };

  // A button is not replaced under the finger that presses it: a click needs it from the beginning to the end.
  Desk.draw = (place, how) => {
    newest.set(place, how);
    if (!pressed)
      release();
  };

  function release() {
    clearTimeout(pressed);
    pressed = 0;
    const ready = [...newest.values()];
    newest.clear();
    ready.forEach(how => how());
  }

  document.addEventListener("pointerdown", event => {
    if (event.target.closest("button"))
      pressed = setTimeout(release, 3000);
  });
  for (const end of ["pointerup", "pointercancel"])
    document.addEventListener(end, () => { if (pressed) setTimeout(release); });

  // `seated` is called with the desk's state at first and after each change, `left` when the session has ended.
  Desk.sit = (seated, left) => {
    const follow = () => {
      source = Live.follow("/desk/api/events", state => seated(state, false), look, () => { out(); refused("unauthorised"); });
    };
    const leave = async () => {
      source.close();
      if (await Desk.api("POST", "sign-out"))
        out();
      else if (!at("desk").hidden)
        follow();
    };
    const into = state => {
      at("sign-in").hidden = true;
      at("desk").hidden = false;
      at("desk").prepend(at("trouble"));
      Live.show(at("leave"), [Desk.button("sign-out", leave)]);
      seated(state, true);
      source?.close();
      follow();
    };
    at("sign-in").addEventListener("submit", async event => {
      event.preventDefault();
      const body = { hall: at("hall").value, clerk: at("clerk").value, pin: at("pin").value, counter: at("counter").value };
      const state = await Desk.api("POST", "sign-in", body);
      at("pin").value = "";
      if (state)
        into(state);
    });
    document.addEventListener("signed-out", left);
    counters();
    if ("signedIn" in at("page").dataset)
      Desk.api("GET", "state").then(state => (state ? into(state) : out()));
    else
      out();
  };

  // A desk that is refused news may have lost its session; what it asks by itself says so.
  function look(away, refused) {
    if (away)
      at("trouble").textContent = Desk.say("away");
    else if (at("trouble").textContent === Desk.say("away"))
      at("trouble").textContent = "";
    if (refused)
      Desk.api("GET", "state");
  }

  function out() {
    source?.close();
    source = null;
    sitting += 1;
    newest.clear();
    document.querySelectorAll("dialog[open]").forEach(one => one.close(""));
    at("ask-fields").replaceChildren();
    at("desk").hidden = true;
    at("sign-in").hidden = false;
    at("pin").value = "";
    document.dispatchEvent(new Event("signed-out"));
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
})();
