.pragma library

// Which keys stand where: rows of { name, label, span, … } for ten units of width. A name of one character is what the key types.
// `adds` is what types, `takes` what takes away.

const LATIN = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const TOPS = { chinese: "，。、？！：；“”·", letters: "1234567890", digits: "1234567890", symbols: "，。、？！：；…—·", handwriting: "，。、？！：；“”·" };
const LINES = {
    chinese: LATIN,
    letters: LATIN,
    digits: ["-/.,:;()@#", "_+*=%&$!?", "'\"<>[]~"],
    symbols: ["“”‘’（）《》【】", "〈〉「」『』〔〕～", "￥％＋－＝／＃"]
};
const CORNERS = { digits: "|", symbols: "〇" };

const PROVINCES = ["京津冀晋蒙辽吉黑沪苏", "浙皖闽赣鲁豫鄂湘粤桂", "琼渝川贵云藏陕甘青宁", "新港澳学警使领"];
const PLATE = ["1234567890", "ABCDEFGHJK", "LMNPQRSTUV", "WXYZ挂学警港澳领"];
const NUMBERED = ["1234567890", "ABCDEFGHIJ", "KLMNOPQRST"];

// The mode that holds: the one that was asked for if there is one such, else what the field begins with.
function mode(pad, turned, modes, text, first) {
    if (pad === "plate")
        return turned || (text === "" ? "chinese" : "letters");
    return [turned, first, "letters"].find(mode => modes.includes(mode));
}

function rows(pad, state, modes, says) {
    if (pad === "letters")
        return letters(state, says);
    return pad === "plate" ? plate(state, says) : text(state, modes, says);
}

// Whether the character is for composing; a separator only behind letters.
function spells(character, busy) {
    return /^[a-zA-ZüÜ]$/.test(character) || (busy && character === "'");
}

// The key that a key with a plug stands for on this pad, a candidate's number while composing, or "" for none.
function named(pad, text, busy) {
    if (text === "backspace" || text === "enter")
        return text;
    if (pad === "text")
        return text === " " ? "space" : busy && /^[1-9]$/.test(text) ? "candidate-" + (Number(text) - 1) : text;
    const key = text.toUpperCase();
    return (pad === "letters" ? [...NUMBERED, "UVWXYZ-"] : [...PROVINCES, ...PLATE]).some(line => line.includes(key)) ? key : "";
}

function characters(text) {
    return Array.from(text, character => ({ name: character, label: character, adds: true }));
}

function action(name, label, span, more) {
    return Object.assign({ name: name, label: label, span: span, special: true }, more);
}

function removal(says, span) {
    return action("backspace", says.backspace, span, { icon: "backspace", takes: true });
}

// Clears the field, or takes that back.
function wiping(state, says, span) {
    return state.erased ? action("restore", says.restore, span) : action("clear", says.clear, span, { takes: true });
}

// `state`: mode, upper ("", "once" or "always"), busy (something is composed or written) and erased (the field was cleared);
// `modes`: the modes there are; `says`: labels.
function text(state, modes, says) {
    const lines = state.mode === "handwriting" ? drawing(says) : typing(state, says);
    return [characters(TOPS[state.mode]), ...lines, bottom(state, modes, says)];
}

function typing(state, says) {
    const lines = LINES[state.mode].map(line => characters(state.mode === "letters" && state.upper ? line.toUpperCase() : line));
    const corner = state.mode === "chinese" ? separator(says) : state.mode === "letters" ? shift(state.upper, says) : sign(CORNERS[state.mode]);
    if (state.mode === "chinese")
        Object.assign(lines[2].find(key => key.name === "v"), { label: "v ü", small: true });
    lines[2] = [corner, ...lines[2], removal(says, 1.6)];
    return lines;
}

// Beside the field to write in.
function drawing(says) {
    const aside = key => [{ name: "field", label: "", span: 8.5, absent: true }, key];
    return [
        aside(action("undo", says.undo, 1.5, { strokes: true })),
        aside(action("rewrite", says.rewrite, 1.5, { strokes: true })),
        aside(removal(says, 1.5))
    ];
}

function separator(says) {
    return action("'", "'", 1.4, { about: says.separator, special: false, adds: true });
}

function sign(character) {
    return Object.assign(characters(character)[0], { span: 1.4 });
}

function shift(upper, says) {
    return action("shift", upper === "always" ? says.caps : says.shift, 1.4, { icon: "arrow-fat-up", chosen: upper !== "" });
}

function bottom(state, modes, says) {
    const span = modes.length > 4 ? 1.1 : 1.2;
    const turns = modes.map(mode => action("mode-" + mode, says[mode], span, { chosen: mode === state.mode }));
    const left = 10 - span * modes.length;
    const space = wide => action("space", state.busy ? says.take : says.space, left * wide, { adds: !state.busy });
    const asTyped = action("enter", says.asTyped, left * 0.36, { spells: true });
    return [...turns, wiping(state, says, left * 0.28), ...(state.mode === "chinese" ? [space(0.36), asTyped] : [space(0.72)])];
}

function letters(state, says) {
    return [...NUMBERED.map(characters), [...characters("UVWXYZ-"), wiping(state, says, 1.4), removal(says, 1.6)]];
}

function plate(state, says) {
    const rows = (state.mode === "chinese" ? PROVINCES : PLATE).map(characters);
    const turn = state.mode === "chinese" ? action("mode-letters", says.plateLetters, 3) : action("mode-chinese", says.provinces, 3);
    return [...rows, [turn, wiping(state, says, 3), removal(says, 4)]];
}

// Places of the keys of a row in units from the left; a row that is not full stands in the middle, but `plate`'s begin at the left.
function lefts(keys, middle) {
    const total = keys.reduce((sum, key) => sum + (key.span ?? 1), 0);
    let at = middle ? (10 - total) / 2 : 0;
    return keys.map(key => {
        const left = at;
        at += key.span ?? 1;
        return left;
    });
}
