"use strict";

// What a clerk does beside the tickets, in three parts. It is fetched anew after each act, and whenever the clerk comes back to the page.
(() => {
  const at = name => document.getElementById(name);
  const parts = { cases: Desk.cases, matters: Desk.matters, bookings: Desk.bookings };
  const tabs = [...document.querySelectorAll("[data-part]")];
  let shown = "cases";

  function turn(part) {
    shown = part;
    for (const tab of tabs) {
      const here = tab.dataset.part === part;
      tab.setAttribute("aria-pressed", String(here));
      tab.classList.toggle("main", here);
      at(tab.dataset.part + "-part").hidden = !here;
    }
    parts[part].load();
  }

  tabs.forEach(tab => tab.addEventListener("click", () => turn(tab.dataset.part)));
  window.addEventListener("focus", () => {
    if (!at("desk").hidden)
      parts[shown].load();
  });
  Desk.sit((state, first) => {
    at("hall-name").textContent = Live.word(state.hall_name) + " · " + state.clerk_name;
    if (first)
      turn(shown);
  }, () => Object.values(parts).forEach(part => part.forget()));
})();
