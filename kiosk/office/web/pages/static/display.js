"use strict";

// Calls as large numbers; each new one is spoken once, in turn, and stands in words beside it: a voice is never the only sign.
(() => {
  const page = document.getElementById("page").dataset;
  const at = name => document.getElementById(name);
  let known = null;
  let speaking = false;

  function call(one, isNew) {
    const row = Live.make("li", undefined, isNew ? "new" : one.state === "called" ? "" : "past");
    row.dataset.call = one.id;
    row.append(Live.make("span", one.number), Live.make("span", Live.word(one.counter_name)));
    return row;
  }

  function counter(one) {
    const row = Live.make("li");
    row.append(Live.make("span", Live.word(one.name)), Live.make("span", one.number || Live.word(one.message) || "—"));
    return row;
  }

  function speak(one) {
    at("voice").textContent = Live.word(one.voice);
    if (!speaking || !window.speechSynthesis)
      return;
    for (const language of ["zh-CN", "en"]) {
      const words = new SpeechSynthesisUtterance(one.voice[language] || "");
      words.lang = language;
      words.onerror = event => {
        if (event.error === "not-allowed")
          sound(false);
      };
      window.speechSynthesis.speak(words);
    }
  }

  // What came and went while this display was away is not called any more.
  function show(state) {
    const fresh = known === null ? [] : state.calls.filter(one => !known.has(one.id) && one.state === "called");
    known = new Set(state.calls.map(one => one.id));
    const rows = state.calls.slice(0, 5).map(one => call(one, fresh.includes(one)));
    Live.show(at("calls"), rows.length ? rows : [Live.make("li", page.none)]);
    const manned = state.counters.filter(one => one.state !== "closed" || one.number);
    Live.show(at("counters"), manned.slice(0, 20).map(counter));
    at("counters").classList.toggle("many", manned.length > 10);
    Live.show(at("queues"), state.queues.map(one => Live.make("li", Live.word(one.name) + " · " + Live.fill(page.waiting, { n: one.waiting }))));
    at("closed").hidden = !state.closed;
    at("closed").textContent = Live.word(state.closed);
    fresh.reverse().forEach(speak);
    document.body.dataset.shown = state.at;
  }

  // A display that was started anew speaks as before, where its browser allows it; where not, the button is there again.
  function sound(on) {
    speaking = on;
    at("sound").hidden = on;
  }

  at("sound").addEventListener("click", () => {
    localStorage.setItem("sound", "on");
    sound(true);
  });
  sound(localStorage.getItem("sound") === "on");
  const hands = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" };
  const tick = () => { at("clock").textContent = new Date().toLocaleTimeString(Live.language, hands); };
  tick();
  setInterval(tick, 5000);
  const only = page.counters ? "?counters=" + encodeURIComponent(page.counters) : "";
  Live.follow(location.pathname + "/events" + only, show, away => { at("trouble").textContent = away ? page.away : ""; });
})();
