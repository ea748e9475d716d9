"use strict";

// Questions, reports and complaints of the hall: taken, answered, closed.
Desk.matters = {
  async load(api) {
    const page = await api("GET", "matters?limit=20");
    Live.show(document.getElementById("matters"), page ? page.matters.map(one => Desk.matters.row(one, api)) : []);
  },

  row(matter, api) {
    const row = Live.make("li");
    row.dataset.matter = matter.number;
    const due = matter.late ? Desk.say("matter-late") : Desk.say("matter-due", { date: matter.due });
    row.append(
      Live.make("strong", Desk.say("kind-" + matter.kind)),
      Live.make("span", matter.text),
      Live.make("span", matter.number + " · " + due, matter.late ? "priority" : "small"),
      Desk.matters.act(matter, api),
    );
    return row;
  },

  act(matter, api) {
    const post = async (act, body) => {
      await api("POST", "matters/" + matter.number + "/" + act, body);
      Desk.matters.load(api);
    };
    if (matter.state === "answered")
      return Desk.button("matter-close", () => post("close"));
    if (!matter.mine)
      return Desk.button("matter-take", () => post("take"));
    return Desk.button("matter-answer", async () => {
      const said = await Desk.ask(matter.number, [["text", Desk.say("matter-text"), "textarea", ""]]);
      if (said && said.text.trim())
        post("answer", { text: said.text });
    }, true);
  },
};
