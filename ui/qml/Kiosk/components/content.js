.pragma library

// Gives a screen its new content. What stays the same is left alone: a finger may be on it.
function update(screen, content) {
    for (const key of Object.keys(content)) {
        if (JSON.stringify(screen[key]) !== JSON.stringify(content[key]))
            screen[key] = content[key];
    }
}
