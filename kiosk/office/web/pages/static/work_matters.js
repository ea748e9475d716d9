"use strict";

// Questions, reports and complaints of the hall: given to a department, taken, answered, closed.
Desk.matters = (() => {
  const list = document.getElementById("matters");
  let departments = [];

  async function load() {
    if (!departments.length)
      departments = await Desk.api("GET", "departments", undefined, true) ?? [];
    await page();
  }

  async function page(before = [], after = "") {
    const found = await Desk.api("GET", "matters?limit=20" + (after && "&after=" + after), undefined, true);
    if (!found)
      return;
    const all = [...before, ...found.matters];
    Desk.list("matters", all.map(row), found.next, () => page(all, found.next));
  }

  function row(matter) {
    const made = Live.make("li");
    made.dataset.matter = matter.number;
    const due = matter.late ? Desk.say("matter-late") : Desk.say("matter-due", { date: matter.due });
    made.append(
      Live.make("strong", Desk.say("kind-" + matter.kind)),
      Live.make("span", Live.word(matter.about)),
      Live.make("span", matter.number + " · " + due, matter.late ? "priority" : "small"),
      Live.make("p", matter.text, "said"),
      Live.make("p", matter.stages.map(stage).join(" → "), "small"),
      Desk.facts(facts(matter)),
      acts(matter),
    );
    return made;
  }

  function stage(one) {
    return Desk.say("stage-" + one.state) + " " + one.at.slice(5, 16).replace("T", " ") + (one.by ? " " + Live.word(one.by) : "");
  }

  function facts(matter) {
    return [
      [Desk.say("case-number"), matter.case],
      [Desk.say("person"), matter.name],
      [Desk.say("phone"), matter.phone],
      [Desk.say("follow-up"), matter.follow_up ? Desk.say("follow-up-of") : ""],
      [Desk.say("matter-text"), matter.answer],
    ];
  }

  function acts(matter) {
    const made = Live.make("div", undefined, "acts");
    const act = async (name, body) => {
      const after = await Desk.api("POST", "matters/" + matter.number + "/" + name, body);
      load();
      return after;
    };
    const assign = Desk.button("matter-assign", () => Desk.tell(
      matter.number, [["department", Desk.say("department"), "select", departments, matter.department]], said => act("assign", said),
    ), matter.state === "received");
    const take = Desk.button("matter-take", () => act("take"), matter.state === "assigned");
    const answer = Desk.button("matter-answer", () => Desk.tell(
      matter.number, [["text", Desk.say("matter-text"), "textarea", ""]], said => act("answer", said),
    ), true);
    if (matter.state === "answered")
      made.append(Desk.button("matter-close", () => act("close"), true));
    else if (matter.state === "received")
      made.append(assign);
    else
      made.append(matter.mine ? answer : take, assign);
    return made;
  }

  return {
    load,
    forget() {
      departments = [];
      list.replaceChildren();
    },
  };
})();
