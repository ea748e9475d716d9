.pragma library

// Texts being typed, counted in characters as people see them: a rare one is two units of JavaScript's, and of Qt's Array.from.

function count(text) {
    return [...text].length;
}

function add(text, more, most) {
    return [...text, ...more].slice(0, most).join("");
}

function chop(text) {
    return [...text].slice(0, -1).join("");
}

function last(text, many) {
    return many > 0 ? [...text].slice(-many).join("") : "";
}

// What a key of a keyboard with a plug means on a keypad: a character, or "" for none.
function character(pad, text) {
    const key = text.toUpperCase();
    if (pad === "digits")
        return /^[0-9]$/.test(key) ? key : "";
    return (pad === "idNumber" ? /^[0-9X]$/ : /^[0-9A-Z]$/).test(key) ? key : "";
}

// `text` followed by what is still being composed, as the only markup that Text draws.
function marked(text, composing) {
    const plain = part => part.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/ /g, "&nbsp;");
    return plain(text) + "<u>" + plain(composing) + "</u>";
}
