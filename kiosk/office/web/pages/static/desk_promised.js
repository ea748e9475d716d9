"use strict";

// What was promised (容缺): shown with the ticket in hand or found by number, and noted once it is brought.
Desk.promised = {
  listed(review, api) {
    if (!review.promises.length)
      return [];
    const list = Live.make("ul", undefined, "list");
    list.append(...Desk.promised.rows(review, api));
    return [Live.make("h3", Desk.say("promises")), list];
  },

  rows(about, api) {
    return about.promises.map(one => {
      const row = Live.make("li");
      row.dataset.material = one.material;
      row.append(Live.make("strong", Live.word(one.name)));
      row.append(Live.make("span", one.kept ? Desk.say("kept", { date: one.kept }) : Desk.say("due", { date: one.due }), "small"));
      if (!one.kept)
        row.append(Desk.button("brought", () => Desk.promised.brought(about.number, one, api)));
      return row;
    });
  },

  async brought(number, one, api) {
    if (!await Desk.ask(Desk.say("brought-sure", { name: Live.word(one.name) }), []))
      return;
    const about = await api("POST", "promises/" + number + "/brought", { material: one.material });
    if (about && document.getElementById("promised").dataset.number === number)
      Desk.promised.show(about, api);
  },

  async find(api) {
    const number = document.getElementById("promised-number").value.trim().toUpperCase();
    const about = await api("GET", "promises/" + encodeURIComponent(number));
    Desk.promised.show(about ?? { number: "", promises: [] }, api);
  },

  show(about, api) {
    const list = document.getElementById("promised");
    list.dataset.number = about.number;
    Live.show(list, Desk.promised.rows(about, api));
  },

  forget() {
    document.getElementById("promised-number").value = "";
    document.getElementById("promised").replaceChildren();
  },
};
