.pragma library

// Long texts as parts of which each fits on a page: nothing is clipped and nothing scrolls.

const LINE = 110; // widths of a Han character that a line of a page may have, and the value beside a label
const VALUE = 70;

// The parts that `make` has made of each entry, in one list.
function each(list, make) {
    return list.reduce((all, entry, index) => all.concat(make(entry, index)), []);
}

function width(character) {
    return character.codePointAt(0) < 0x2000 ? 0.55 : 1;
}

// `text` in parts of at most `most`, each ending behind a sentence or a word where there is one in its second half.
function parts(text, most) {
    const found = [];
    for (const line of text.split("\n")) {
        let rest = line.trim();
        while (rest !== "") {
            const end = cut(rest, most);
            found.push(rest.slice(0, end).trim());
            rest = rest.slice(end).trim();
        }
    }
    return found.length ? found : [""];
}

function cut(text, most) {
    let taken = 0, at = 0, sentence = 0, word = 0;
    for (const character of text) {
        taken += width(character);
        if (taken > most)
            return sentence || word || at;
        at += character.length;
        if (taken > most / 2 && "。；！？;!?".includes(character))
            sentence = at;
        if (taken > most / 2 && " ，、,）)".includes(character))
            word = at;
    }
    return at;
}

// Rows of label and value; what does not fit beside the label goes on below it. What is masked stays one, or its rest would be open.
function rows(section) {
    return each(section.rows, row => (row.masked ? [row.value] : parts(row.value, VALUE)).map((value, index) => ({
        kind: "row",
        row: Object.assign({}, row, { value: value, label: index ? "" : row.label })
    })));
}

function lines(section) {
    return each(section.lines, (line, number) => parts(line, LINE).map((text, index) => ({
        kind: "line",
        text: text,
        mark: index ? "" : section.numbered ? String(number + 1) : "dot"
    })));
}

// The blocks of a page's sections, in order. The first masked row carries the eye.
function of(sections) {
    const blocks = [];
    for (const section of sections) {
        const inside = rows(section).concat(lines(section));
        if (section.heading !== "")
            blocks.push({ kind: "heading", text: section.heading, tone: section.tone });
        else if (inside.length)
            inside[0].opens = true;
        blocks.push(...inside);
    }
    const eye = blocks.find(block => block.kind === "row" && block.row.masked !== "");
    if (eye)
        eye.eye = true;
    return blocks;
}

// Given answers; what does not fit beside the label goes on below it, the last part with what is wrong.
function answers(rows) {
    return each(rows, row => {
        const values = parts(row.value, VALUE);
        return values.map((value, index) => ({
            key: index ? "" : row.key,
            label: index ? "" : row.label,
            value: value,
            problem: index === values.length - 1 ? row.problem : ""
        }));
    });
}
