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

  show(parent, children) {
    parent.replaceChildren(...children);
  },

  // Calls `onState` with each state, `onAway(true|false)` when the line goes and comes; ends when the office says so.
  follow(url, onState, onAway, onEnd) {
    const source = new EventSource(url);
    source.addEventListener("state", event => {
      onAway(false);
      onState(JSON.parse(event.data));
    });
    source.addEventListener("end", () => {
      source.close();
      if (onEnd)
        onEnd();
    });
    source.onerror = () => {
      onAway(true);
      if (source.readyState === EventSource.CLOSED)
        setTimeout(() => Live.follow(url, onState, onAway, onEnd), 3000);
    };
    window.addEventListener("pagehide", () => source.close());
    return source;
  },
};
