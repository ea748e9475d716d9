.pragma library

// Chinese can be broken between any two characters; here it is not.
function whole(text) {
    return /[\u3400-\u9fff]/.test(text) ? [...text.replace(/ /g, "\u00a0")].join("\u2060") : text;
}

// Facts with a dot between them: a line ends behind a dot where that is possible.
function facts(text) {
    const parts = text.split(" · ");
    return parts.length > 1 ? parts.map(whole).join("\u00a0· ") : text;
}
