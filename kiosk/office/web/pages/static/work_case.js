"use strict";

// One application: what was given, and what can be done with it now.
Desk.case = {
  // Calls `post(path, body)`, which resolves to the case after it, or to null.
  acts(one, post) {
    const title = Live.word(one.item);
    const decide = (key, granted, main) => Desk.button(key, () => Desk.tell(
      Desk.say(key) + " · " + title,
      [["text", Desk.say("decision-words"), "textarea", ""]],
      said => post("decide", { granted, text: said.text }),
    ), main);
    if (one.state === "approved" && !one.sent)
      return Desk.case.handOut(one, post);
    if (["approved", "rejected", "withdrawn"].includes(one.state))
      return [];
    const missing = one.state === "needsMaterial" ? Desk.case.cameIn(post) : Desk.case.askFor(post);
    return [...Desk.case.answerUrge(one, post), decide("grant", true, true), decide("refuse", false), missing];
  },

  answerUrge(one, post) {
    if (!one.urge)
      return [];
    return [Desk.button("answer-urge", () => Desk.tell(
      Desk.say("answer-urge") + " · " + one.urge.number,
      [["text", Desk.say("urge-words"), "textarea", ""]],
      said => post("answer-urge", { urge: one.urge.number, text: said.text }),
    ))];
  },

  askFor(post) {
    return Desk.button("ask-missing", () => Desk.tell(Desk.say("ask-missing"), [["missing", Desk.say("missing-lines"), "textarea", ""]], said => {
      const missing = said.missing.split("\n").map(line => line.trim()).filter(Boolean);
      return post("missing", { missing });
    }));
  },

  cameIn(post) {
    return Desk.button("came-in", async () => {
      if (await Desk.ask(Desk.say("came-in-sure"), []))
        post("came-in");
    });
  },

  handOut(one, post) {
    const kind = one.delivery?.kind ?? "counter";
    if (kind === "electronic")
      return [];
    const handed = Desk.button("handed-out", async () => {
      if (await Desk.ask(Desk.say("handed-out-sure", { name: one.applicant }), []))
        post("sent", { waybill: "" });
    }, kind === "counter");
    const posted = Desk.button("posted", () => Desk.tell(
      Desk.say("posted"), [["waybill", Desk.say("waybill"), "text", ""]], said => post("sent", { waybill: said.waybill.trim() }),
    ), true);
    return kind === "post" ? [posted, handed] : [handed];
  },

  whole(one, renew) {
    return [
      Desk.facts(Desk.case.facts(one)),
      ...Desk.lines(Desk.say("missing"), one.state === "needsMaterial" ? one.missing.map(Live.word) : []),  // what is promised stands below
      ...Desk.promised.listed(one, renew),
      Live.make("h3", Desk.say("answers")),
      Desk.facts(one.answers.map(fact => [Live.word(fact.label), fact.value])),
      Live.make("h3", Desk.say("handed-in")),
      Desk.case.materials(one),
      ...Desk.case.signature(one.signature),
    ];
  },

  facts(one) {
    const delivery = one.delivery ?? { kind: "counter" };
    return [
      [Desk.say("decided"), one.decided.map(Live.word).join("\n")],
      [Desk.say("decided-by"), one.decided_by],
      [Desk.say("state"), Desk.say("case-" + one.state)],
      [Desk.say("urge"), one.urge && Desk.say("urge-due", { number: one.urge.number, date: one.urge.due })],
      [Desk.say("next-step"), Live.word(one.next_step)],
      [Desk.say("case-number"), one.number],
      [Desk.say("accepted"), one.accepted],
      [Desk.say("due-day"), one.due],
      [Desk.say("applicant"), one.applicant + " " + one.applicant_number],
      [Desk.say("agent"), one.agent],
      [Desk.say("phone"), one.phone],
      [Desk.say("delivery"), [Desk.say("delivery-" + delivery.kind), delivery.receiver, delivery.phone, delivery.address].filter(Boolean).join(" ")],
      [Desk.say("sent"), one.sent],
    ];
  },

  materials(one) {
    const list = Live.make("ul", undefined, "list");
    for (const material of one.materials) {
      const row = Live.make("li");
      const answer = Desk.say("answer-" + material.answer) + (material.licence ? " " + material.licence : "");
      const pictures = material.pictures.map((upload, index) => {
        const said = Desk.say("picture-of", { name: Live.word(material.name), n: index + 1 });
        return Desk.case.picture("/desk/api/cases/" + one.number + "/pictures/" + upload, said);
      });
      row.append(Live.make("strong", Live.word(material.name)), Live.make("span", answer, "small"), ...pictures);
      list.append(row);
    }
    return list;
  },

  picture(source, said) {
    const button = Live.make("button", undefined, "picture");
    const image = Live.make("img");
    button.type = "button";
    Object.assign(image, { src: source, alt: said, loading: "lazy" });
    button.append(image);
    button.addEventListener("click", () => {
      Object.assign(document.getElementById("picture"), { src: source, alt: said });
      document.getElementById("look").showModal();
    });
    return button;
  },

  signature(path) {
    if (!path)
      return [];
    const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    drawn.setAttribute("viewBox", "0 0 1000 400");
    drawn.setAttribute("role", "img");
    drawn.setAttribute("aria-label", Desk.say("signature"));
    line.setAttribute("d", path);
    drawn.append(line);
    return [Live.make("h3", Desk.say("signature")), drawn];
  },
};
