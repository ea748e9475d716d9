"use strict";

// A booking for somebody who stands here or has called, from the places kept for that.
Desk.bookings = (() => {
  const at = name => document.getElementById(name);
  const languages = [{ code: "zh-CN", name: { "zh-CN": "中文", en: "中文" } }, { code: "en", name: { "zh-CN": "English", en: "English" } }];
  const weekday = new Intl.DateTimeFormat(Live.language, { weekday: "short", timeZone: "UTC" });
  let item = null;
  let last = {};

  async function find() {
    const found = await Desk.api("GET", "booking-items?words=" + encodeURIComponent(at("item-words").value.trim()));
    if (!found)
      return;
    const rows = found.map(one => {
      const row = Live.make("li");
      row.dataset.item = one.code;
      row.append(Live.make("strong", Live.word(one.name)), Desk.button("choose", () => choose(one)));
      return row;
    });
    Live.show(at("items"), rows.length ? rows : [Live.make("li", Desk.say("no-item"))]);
  }

  async function choose(one) {
    item = one;
    at("booked").replaceChildren();
    at("days").replaceChildren();
    at("when").hidden = false;
    at("when-title").textContent = Live.word(one.name);
    at("when-title").focus();
    await load(false);
  }

  async function load(quietly = true) {
    const wanted = item;
    const days = wanted && await Desk.api("GET", "booking-days?item=" + encodeURIComponent(wanted.code), undefined, quietly);
    if (days && item === wanted)
      Desk.draw("days", () => Live.show(at("days"), days.flatMap(day)));
  }

  function day(one) {
    const free = one.slots.filter(slot => slot.free);
    const named = one.day + " " + weekday.format(new Date(one.day));
    if (!free.length)
      return [Live.make("p", named + " · " + Live.word(one.why), "small")];
    const slots = Live.make("div", undefined, "acts");
    slots.append(...free.map(slot => {
      const made = Desk.button("slot", () => book(slot));
      made.textContent = Desk.say("slot", { time: slot.start.slice(11, 16), n: slot.free });
      made.dataset.act = slot.start;
      return made;
    }));
    return [Live.make("h3", named), slots];
  }

  async function book(slot) {
    const wanted = item;
    const booking = await Desk.tell(slot.start.slice(0, 16).replace("T", " ") + " " + Live.word(wanted.name), [
      ["name", Desk.say("person"), "text", ""],
      ["number", Desk.say("person-number"), "text", ""],
      ["phone", Desk.say("phone-if-any"), "tel", ""],
      ["language", Desk.say("message-language"), "select", languages, Live.language],
    ], said => {
      const person = { name: said.name.trim(), number: said.number.trim().toUpperCase() };
      const body = { item: wanted.code, start: slot.start, person, phone: said.phone.trim(), language: said.language };
      return Desk.api("POST", "bookings", { nonce: nonce(body), ...body });
    });
    if (booking)
      done(booking);
    load();
  }

  // The same booking, asked for again after an answer that never came, is the same.
  function nonce(body) {
    const about = JSON.stringify(body);
    if (last.about !== about)
      last = { about, nonce: [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("") };
    return last.nonce;
  }

  function done(booking) {
    last = {};
    const facts = Desk.facts([
      [Desk.say("person"), booking.name],
      [Desk.say("booked-at"), booking.start.slice(0, 16).replace("T", " ")],
      [Desk.say("where"), Live.word(booking.hall_name) + " " + Live.word(booking.where)],
      [Desk.say("booking-code"), booking.code],
    ]);
    Live.show(at("booked"), [Live.make("h3", Desk.say("booked")), facts, Desk.button("forget", () => at("booked").replaceChildren())]);
  }

  at("find-item").addEventListener("submit", event => {
    event.preventDefault();
    find();
  });

  return {
    load,
    forget() {
      item = null;
      last = {};
      at("when").hidden = true;
      at("item-words").value = at("when-title").textContent = "";
      for (const name of ["items", "days", "booked"])
        at(name).replaceChildren();
    },
  };
})();
