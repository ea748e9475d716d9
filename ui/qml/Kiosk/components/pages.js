.pragma library

// Blocks that are absent have no height; Repeaters have none either.
function present(children) {
    return Array.from(children).filter(child => child.implicitHeight > 0);
}

// Rows of `columns`; a block takes its `span` of them, or one. A block that is `wide` has a row of its own, one that `begins` is the first
// of another row, one that is `joined` has no gap above it, one that `keeps` stays with the row below it, one that is `fixed` never grows,
// one that `breaks` begins a new column.
function rows(blocks, columns) {
    const result = [];
    let open = null;
    for (const block of blocks) {
        if (!open || open.wide || block.wide || block.begins === true || open.taken + (block.span ?? 1) > columns) {
            open = { blocks: [], height: 0, taken: 0, breaks: block.breaks === true, wide: block.wide === true, joined: block.joined === true, keeps: block.keeps === true, fixed: true, grow: Infinity };
            result.push(open);
        }
        open.blocks.push(block);
        open.taken += block.span ?? 1;
        open.fixed = open.fixed && block.fixed === true;
        open.grow = Math.min(open.grow, block.grow ?? Infinity);
        open.height = Math.max(open.height, block.implicitHeight);
    }
    return result;
}

// Height that `row` adds to a page that has something on it.
function added(row, gap) {
    return row.height + (row.joined ? 0 : gap);
}

// Height of all these rows below each other.
function total(rows, gap) {
    return rows.reduce((sum, row, index) => sum + (index ? added(row, gap) : row.height), 0);
}

// What has to follow on the same page: the row, and after headings what they stand over.
function need(rows, index, gap) {
    let sum = added(rows[index], gap);
    for (let i = index; rows[i].keeps && i + 1 < rows.length; i += 1)
        sum += added(rows[i + 1], gap);
    return sum;
}

// Pages of rows that fit into `height`, each of at most `most` blocks (0: as many as fit). Never an empty page.
function split(rows, height, gap, most) {
    const pages = [];
    let page = null;
    rows.forEach((row, index) => {
        const full = page && ((row.breaks && !most) || page.height + need(rows, index, gap) > height || (most && page.count + row.blocks.length > most));
        if (!page || full) {
            page = { rows: [], height: 0, count: 0 };
            pages.push(page);
        }
        page.height += page.rows.length ? added(row, gap) : row.height;
        page.rows.push(row);
        page.count += row.wide && most ? 0 : row.blocks.length;
    });
    return pages;
}

// The same for `columns` that are filled one after the other: pages of columns. Where a row `breaks` is not heeded if that saves a page.
function flow(rows, height, gap, columns) {
    const apart = fill(rows, height, gap, columns);
    const close = fill(rows.map(row => Object.assign({}, row, { breaks: false })), height, gap, columns);
    return close.length < apart.length ? close : apart;
}

// Columns that end at about the same height.
function fill(rows, height, gap, columns) {
    let parts = [];
    for (let level = total(rows, gap) / columns; ; level = Math.min(height, level + gap)) {
        parts = split(rows, Math.min(level, height), gap, 0);
        if (parts.length <= columns || level >= height)
            break;
    }
    const pages = [];
    while (parts.length)
        pages.push(parts.splice(0, columns));
    return pages;
}

// Gives the rows of a page or column their places; spare height goes to the rows, each at most `stretch` times as high.
// Returns the height that is used.
function place(page, left, height, gap, stretch) {
    const growing = page.rows.filter(row => !row.fixed).length;
    const spare = growing ? Math.max(0, height - page.height) / growing : 0;
    let y = 0;
    page.rows.forEach((row, position) => {
        y += position && !row.joined ? gap : 0;
        const tall = row.height + (row.fixed ? 0 : Math.min(spare, row.height * (Math.min(stretch, row.grow) - 1)));
        let x = left;
        for (const block of row.blocks) {
            block.x = x;
            block.y = y;
            block.height = tall;
            x += block.width + gap;
        }
        y += tall;
    });
    return y;
}

function show(page, visible) {
    page.rows.forEach(row => row.blocks.forEach(block => block.visible = visible));
}

// The height that the highest of these buttons needs.
function tallest(cells) {
    return Array.from(cells).reduce((most, cell) => Math.max(most, cell.needs ?? 0), 0);
}
