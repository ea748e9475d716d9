"use strict";

// The hall's applications: those to decide, those whose results are to go out, and the one that is open.
Desk.cases = (() => {
  const at = name => document.getElementById(name);
  let open = "";
  let drawn = "";

  async function load() {
    await list("cases", "cases?limit=20");
    await list("granted", "cases?granted=true&limit=20");
    if (open)
      show(await Desk.api("GET", "cases/" + open, undefined, true));
  }

  async function list(name, path, before = [], after = "") {
    const page = await Desk.api("GET", path + (after && "&after=" + after), undefined, true);
    if (!page)
      return;
    const all = [...before, ...page.cases];
    Desk.list(name, all.map(row), page.next, () => list(name, path, all, page.next));
  }

  function row(one) {
    const made = Live.make("li");
    made.dataset.case = one.number;
    made.append(Live.make("strong", Live.word(one.item)), Live.make("span", one.number + " · " + Desk.say("due", { date: one.due }), "small"));
    if (one.urged)
      made.append(Live.make("span", Desk.say("urged", { date: one.urged }), "priority"));
    made.append(Desk.button("look", () => look(one.number)));
    return made;
  }

  async function look(number) {
    const whole = await Desk.api("GET", "cases/" + number);
    if (whole)
      open = number;
    show(whole);
    if (whole)
      Desk.draw("case-title", () => at("case-title").focus());
  }

  async function post(path, body) {
    const number = open;
    const whole = await Desk.api("POST", "cases/" + number + "/" + path, body);
    show(whole);
    load();
    return whole;
  }

  // Drawn anew only where it has changed, or pictures would be fetched again.
  function show(whole) {
    if (!whole || whole.number !== open || JSON.stringify(whole) === drawn)
      return;
    drawn = JSON.stringify(whole);
    Desk.draw("case", () => {
      at("case").hidden = false;
      at("case-title").textContent = Live.word(whole.item);
      Live.show(at("case-acts"), Desk.case.acts(whole, post));
      Live.show(at("case-whole"), Desk.case.whole(whole, load));
    });
  }

  at("find-case").addEventListener("submit", event => {
    event.preventDefault();
    look(at("case-number").value.trim());
  });

  return {
    load,
    forget() {
      open = drawn = "";
      at("case").hidden = true;
      at("case-number").value = at("case-title").textContent = "";
      at("picture").removeAttribute("src");
      for (const name of ["cases", "granted", "case-acts", "case-whole"])
        at(name).replaceChildren();
    },
  };
})();
