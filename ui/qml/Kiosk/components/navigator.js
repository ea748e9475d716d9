.pragma library

// Everything below `item` that can take the focus and is seen, with its place on `ground`.
function targets(item, ground) {
    if (!item.visible || !item.enabled)
        return [];
    let found = [];
    if (item.kkTarget === true)
        found.push({ item: item, box: item.mapToItem(ground, 0, 0, item.width, item.height) });
    for (const child of item.children)
        found = found.concat(targets(child, ground));
    return found;
}

function middle(box) {
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

// How far `to` lies from `from` in the direction; what lies aside counts three times; null when it lies elsewhere.
function distance(from, to, key) {
    const a = middle(from), b = middle(to);
    const across = key === Qt.Key_Left || key === Qt.Key_Right;
    const back = key === Qt.Key_Left || key === Qt.Key_Up;
    const ahead = (across ? b.x - a.x : b.y - a.y) * (back ? -1 : 1);
    const aside = Math.abs(across ? b.y - a.y : b.x - a.x);
    return ahead > 1 && (!across || aside < (from.height + to.height) / 2) ? ahead + 3 * aside : null;
}

// The target next to `current` in the direction of an arrow key; the first when nothing has the focus.
function next(root, current, key) {
    const all = targets(root, root);
    const here = all.find(target => target.item === current);
    if (!here)
        return all.length ? all[0].item : null;
    let best = null, least = Infinity;
    for (const target of all) {
        const length = target === here ? null : distance(here.box, target.box, key);
        if (length !== null && length < least) {
            best = target.item;
            least = length;
        }
    }
    return best;
}

// The target with this object name, or the first.
function named(root, name) {
    const all = targets(root, root);
    const found = all.find(target => name && target.item.objectName === name) ?? all[0];
    return found ? found.item : null;
}
