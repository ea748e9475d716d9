"use strict";

// Pieces of the desk: words, buttons, a question, and the ticket in hand with what was brought.
const Desk = {
  words: document.getElementById("words").dataset,

  say(key, values) {
    const name = key.replace(/[_-](\w)/g, (_, letter) => letter.toUpperCase());
    return Live.fill(Desk.words[name] ?? key, values || {});
  },

  button(key, act, main) {
    const made = Live.make("button", Desk.say(key), main ? "button main" : "button");
    made.type = "button";
    made.dataset.act = key;
    made.addEventListener("click", event => {
      if (event.detail < 2)  // the second half of a double click falls on whatever has come to stand there
        act();
    });
    made.addEventListener("keydown", event => {
      if (event.repeat)
        event.preventDefault();
    });
    return made;
  },

  // Asks for values by a dialog; resolves to them, or to null when it is given up. A field is [name, label, kind, value or options, chosen];
  // `wrong` says why it is asked again.
  ask(title, fields, wrong) {
    const dialog = document.getElementById("ask");
    document.getElementById("ask-title").textContent = title;
    document.getElementById("ask-wrong").textContent = wrong ?? "";
    document.getElementById("ask-yes").textContent = Desk.say("yes");
    const inputs = fields.map(one => Desk.field(...one));
    Live.show(document.getElementById("ask-fields"), inputs.map(one => one.label));
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise(resolve => dialog.addEventListener("close", () => {
      const values = Object.fromEntries(inputs.map(one => [one.name, one.input.type === "checkbox" ? one.input.checked : one.input.value]));
      resolve(dialog.returnValue === "yes" ? values : null);
    }, { once: true }));
  },

  field(name, text, kind, value, chosen) {
    const label = Live.make("label", text);
    const input = Live.make(kind === "select" || kind === "textarea" ? kind : "input");
    if (kind === "select") {
      for (const one of value) {
        const option = Live.make("option", Live.word(one.name));
        option.value = one.code;
        option.selected = one.code === chosen;
        input.append(option);
      }
    } else {
      if (kind === "textarea")
        Object.assign(input, { rows: 6, maxLength: 1000 });
      else
        input.type = kind;
      input.value = value;
      input.required = kind !== "checkbox" && !["words", "phone"].includes(name);
    }
    input.id = "ask-" + name;
    label.append(input);
    return { name, label, input };
  },

  lines(heading, values) {
    if (!values.length)
      return [];
    const list = Live.make("ul");
    values.forEach(value => list.append(Live.make("li", value)));
    return [Live.make("h3", heading), list];
  },

  facts(pairs) {
    const list = Live.make("dl");
    for (const [label, value] of pairs) {
      if (value)
        list.append(Live.make("dt", label), Live.make("dd", value));
    }
    return list;
  },

  // A list with a button for the rest of it; `next` is what to ask for that, or null.
  list(name, rows, next, more) {
    const shown = rows.length ? rows : [Live.make("li", Desk.say("nothing-open"), "small")];
    Desk.draw(name, () => {
      Live.show(document.getElementById(name), shown);
      Live.show(document.getElementById(name + "-more"), next ? [Desk.button("more", more)] : []);
    });
  },

  priority(ticket) {
    const said = Desk.say("priority-" + ticket.priority);
    return said ? Live.make("span", ticket.reason ? said + "：" + ticket.reason : said, "priority") : null;
  },

  hand(current) {
    if (!current)
      return [Live.make("p", Desk.say("nobody"))];
    const ticket = current.ticket;
    const facts = [Live.word(ticket.item) || Live.word(ticket.service_name), Desk.say("waited", { n: ticket.waited_minutes })];
    if (ticket.booked_for)
      facts.push(Desk.say("booked-for", { at: ticket.booked_for.slice(5, 16).replace("T", " ") }));
    if (ticket.state === "called")
      facts.push(Desk.say("recalls-left", { n: current.recalls_left }));
    if (!ticket.language.startsWith(Live.language.slice(0, 2)))
      facts.push(Desk.say("speaks") + ": " + new Intl.DisplayNames(Live.language, { type: "language" }).of(ticket.language));
    return [
      Live.make("p", ticket.number, "number"),
      ...[Desk.priority(ticket)].filter(Boolean),
      ...facts.map(fact => Live.make("p", fact)),
      ...Desk.brought(current.brought),
    ];
  },

  brought(review) {
    if (!review)
      return [];
    return [
      Live.make("p", Desk.say("review") + " " + review.number),
      ...Desk.lines(Desk.say("bring"), review.bring.map(Live.word)),
      ...Desk.lines(Desk.say("store"), review.from_store.map(Live.word)),
      ...Desk.promised.listed(review, Desk.promised.renew),
    ];
  },

  row(ticket, extra, acts) {
    const row = Live.make("li");
    row.dataset.ticket = ticket.number;
    row.append(Live.make("strong", ticket.number), Live.make("span", Live.word(ticket.item) || Live.word(ticket.service_name)));
    const priority = Desk.priority(ticket);
    if (priority)
      row.append(priority);
    row.append(Live.make("span", extra, "small"), ...acts);
    return row;
  },
};
