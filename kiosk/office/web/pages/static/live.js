"use strict";

// What the pages share: words of the office in the page's language, elements with text only, and a stream that comes back by itself.
const Live = {
  language: document.documentElement.lang,

  word(words) {
    if (!words)
      return "";
    return words[Live.language] || words["zh-CN"] || Object.values(words)[0] || "";
  },

  fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  },

  make(tag, text, classes) {
    const element = document.createElement(tag);
    if (text !== undefined)
      element.textContent = text;
    if (classes)
      element.className = classes;
    return element;
  },

  // The keyboard stays where it was: at the same button, or the first one of a row of acts, or else at the list itself.
  show(parent, children) {
    const held = parent.contains(document.activeElement) ? Live.place(document.activeElement) : "";
    parent.replaceChildren(...children);
    if (!held)
      return;
    const same = [...parent.querySelectorAll("button")].find(one => Live.place(one) === held);
    parent.tabIndex = -1;
    (same ?? parent.querySelector(":scope.acts > button:enabled") ?? parent).focus();
  },

  place(element) {
    return JSON.stringify([element.dataset.act, { ...element.closest("li")?.dataset }]);
  },

  // Calls `onState` with each state, `onAway(true|false, refused)` when the line goes and comes, or was refused; ends when the office
  // says so, or by `close()`.
  follow(url, onState, onAway, onEnd) {
    let source = null;
    let again = 0;
    let over = false;
    const pause = () => {
      clearTimeout(again);
      source.close();
    };
    const close = () => {
      over = true;
      pause();
    };
    const open = () => {
      source = new EventSource(url);
      source.addEventListener("state", event => {
        onAway(false);
        onState(JSON.parse(event.data));
      });
      source.addEventListener("end", () => {
        close();
        if (onEnd)
          onEnd();
      });
      source.onerror = () => {
        const refused = source.readyState === EventSource.CLOSED;
        if (refused)
          again = setTimeout(open, 3000);
        onAway(true, refused);
      };
    };
    open();
    window.addEventListener("pagehide", pause);
    window.addEventListener("pageshow", event => {
      if (event.persisted && !over)
        open();
    });
    return { close };
  },
};
