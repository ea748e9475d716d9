.pragma library

function count(text) {
    return [...text].length;
}

// Places of the texts from `first` on: { row, left, span } in units, as many as fit into the rows. A text wider than a row has it whole.
function pack(texts, first, rows, units, measure) {
    const places = [];
    let row = 0, left = 0;
    for (let at = first; at < texts.length; at += 1) {
        const span = Math.min(units, measure(count(texts[at])));
        if (left + span > units) {
            row += 1;
            left = 0;
        }
        if (row >= rows)
            break;
        places.push({ row: row, left: left, span: span });
        left += span;
    }
    return places;
}

// Where each page begins.
function pages(texts, rows, units, measure) {
    const firsts = [];
    for (let at = 0; at < texts.length; at += pack(texts, at, rows, units, measure).length)
        firsts.push(at);
    return firsts;
}
