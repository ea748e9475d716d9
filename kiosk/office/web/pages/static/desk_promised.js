"use strict";

// What was promised (容缺): shown with the ticket in hand, with its case or found by number, and noted once it is brought, which `then`
// is told.
Desk.promised = {
  listed(about, then) {
    if (!about.promises.length)
      return [];
    const list = Live.make("ul", undefined, "list");
    list.append(...Desk.promised.rows(about, then));
    return [Live.make("h3", Desk.say("promises")), list];
  },

  rows(about, then) {
    return about.promises.map(one => {
      const row = Live.make("li");
      row.dataset.material = one.material;
      row.append(Live.make("strong", Live.word(one.name)));
      row.append(Live.make("span", one.kept ? Desk.say("kept", { date: one.kept }) : Desk.say("due", { date: one.due }), "small"));
      if (!one.kept)
        row.append(Desk.button("brought", () => Desk.promised.brought(about.number, one, then)));
      return row;
    });
  },

  async brought(number, one, then) {
    if (!await Desk.ask(Desk.say("brought-sure", { name: Live.word(one.name) }), []))
      return;
    const about = await Desk.api("POST", "promises/" + number + "/brought", { material: one.material });
    if (about)
      then(about);
  },

  async find() {
    const number = document.getElementById("promised-number").value.trim().toUpperCase();
    const about = await Desk.api("GET", "promises/" + encodeURIComponent(number));
    Desk.promised.show(about ?? { number: "", promises: [] });
  },

  renew(about) {
    if (document.getElementById("promised").dataset.number === about.number)
      Desk.promised.show(about);
  },

  show(about) {
    const list = document.getElementById("promised");
    list.dataset.number = about.number;
    Live.show(list, Desk.promised.rows(about, Desk.promised.renew));
  },

  forget() {
    document.getElementById("promised-number").value = "";
    document.getElementById("promised").replaceChildren();
  },
};
