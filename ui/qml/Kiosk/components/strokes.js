.pragma library

// A signature as strokes over a field of 1000 by 400, each a list of whole numbers x, y, x, y …

const WIDTH = 1000;
const HEIGHT = 400;
const NEAR = 2; // points nearer than this add nothing
const MOST = 20000; // bytes of a path
const STROKES = 400; // of as many strokes even the shortest path stays below MOST

function whole(value, most) {
    return Math.max(0, Math.min(most, Math.round(value)));
}

// Adds a point to the stroke; whether it made a difference.
function add(stroke, x, y) {
    const at = [whole(x, WIDTH), whole(y, HEIGHT)];
    const end = stroke.length;
    if (end && Math.abs(stroke[end - 2] - at[0]) < NEAR && Math.abs(stroke[end - 1] - at[1]) < NEAR)
        return false;
    stroke.push(...at);
    return true;
}

// The stroke with every second of its inner points.
function thinner(stroke) {
    const found = [];
    for (let i = 0; i < stroke.length; i += 2) {
        if (i % 4 === 0 || i === stroke.length - 2)
            found.push(stroke[i], stroke[i + 1]);
    }
    return found;
}

function line(stroke) {
    const points = stroke.length > 2 ? stroke : stroke.concat(stroke); // a dot is a line of no length
    let path = "M " + points[0] + " " + points[1];
    for (let i = 2; i < points.length; i += 2)
        path += " L " + points[i] + " " + points[i + 1];
    return path;
}

// All strokes as an SVG path, thinned out until it is short enough.
function path(strokes) {
    let drawn = strokes, found = drawn.map(line).join(" ");
    while (found.length > MOST) {
        drawn = drawn.map(thinner);
        found = drawn.map(line).join(" ");
    }
    return found;
}
