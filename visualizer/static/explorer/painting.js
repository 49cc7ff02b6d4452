/* Colours of the style sheet, and how a glyph is drawn with them on a canvas. */
(function (parley) {
  "use strict";
  const state = parley.state;
  const colours = new Map();
  parley.colour = (name) => {
    if (!colours.has(name)) colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
    return colours.get(name);
  };
  parley.forgetColours = () => colours.clear();
  /* A glyph of so few pixels is a dot, a larger one has no icon yet. */
  const DOT = 4.5;
  const BARE = 8;

  const shapes = new Map();
  function shapeOf(shape, size) {
    const key = `${shape} ${size}`;
    if (!shapes.has(key)) shapes.set(key, parley.path(parley.outline(shape, size)));
    return shapes.get(key);
  }

  /* Draw a node's glyph at a point; `now` says what stands out, at which scale, and what is under the pointer. */
  parley.drawGlyph = (context, node, { x, y }, { active, scale, hovered }) => {
    if (node.size * scale < DOT && node.id !== state.selected && node.id !== hovered) {
      context.globalAlpha = active !== null && !active.has(node.id) ? 0.2 : 1;
      context.fillStyle = parley.colour(node.colour);
      context.fillRect(x - node.size * 0.9, y - node.size * 0.9, node.size * 1.8, node.size * 1.8);
      context.globalAlpha = 1;
      return;
    }
    const kind = parley.kinds.get(node.kind);
    const faded = active !== null && !active.has(node.id);
    const chosen = node.id === state.selected || node.id === parley.focusedGroup();
    context.save();
    context.translate(x, y);
    context.globalAlpha = faded ? 0.2 : 1;
    const shape = shapeOf(kind.shape, node.size);
    if (node.members) {
      context.strokeStyle = parley.colour(node.colour);
      context.lineWidth = 2;
      context.stroke(shapeOf(kind.shape, node.size + 6));
    }
    if (chosen || node.id === hovered) {
      context.fillStyle = context.strokeStyle = parley.colour(node.colour);
      context.save();
      context.globalAlpha *= 0.26;
      context.fill(shapeOf(kind.shape, node.size + 8));
      context.restore();
    }
    context.lineJoin = "round";
    context.strokeStyle = chosen ? parley.colour("ink") : parley.colour("ground");
    context.lineWidth = chosen ? 5 : 4;
    context.stroke(shape);
    context.fillStyle = parley.colour("ground");
    context.globalAlpha = 1;
    context.fill(shape);
    context.globalAlpha = faded ? 0.2 : 1;
    context.fillStyle = parley.colour(node.colour);
    context.fill(shape);
    if (node.members) drawCount(context, node);
    else if (node.size * scale >= BARE) drawIcon(context, node, kind);
    context.restore();
  };
  /* A group tells how many it stands for. */
  function drawCount(context, group) {
    const text = group.count.toLocaleString("en");
    context.fillStyle = parley.colour("glyph-ink");
    context.font = `700 ${Math.min(group.size * 0.7, (group.size * 2.1) / text.length).toFixed(1)}px ${parley.label.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(text, 0, 1);
  }
  function drawIcon(context, node, kind) {
    const ink = parley.colour("glyph-ink");
    if (!parley.icon(kind, node.id)) {
      context.fillStyle = ink;
      context.font = `600 ${Math.round(node.size * 0.8)}px ${parley.label.font}`;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(parley.initials(parley.nameOf(node.id)), 0, 1);
      return;
    }
    const [size, down] = parley.iconBox(kind.shape, node.size);
    context.translate(-size / 2, down - size / 2);
    context.scale(size / 24, size / 24);
    context.strokeStyle = ink;
    context.lineWidth = 1.9;
    context.lineCap = "round";
    context.stroke(parley.path(parley.icon(kind, node.id)));
  }
})(window.parley);
