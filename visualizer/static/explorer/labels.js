/* Names under glyphs and words on lines, drawn last; a label that would cover another waits until there is room. */
(function (parley) {
  "use strict";
  const state = parley.state;
  let drawn = [];
  /* Labels up to this much larger than the picture have their own room; beyond FAR nothing but a few names can be read. */
  const NEAR = 1.06;
  const FAR = 2.6;
  const FEW = 45;
  /* Pixels below which no label is drawn for want of room. */
  const LEAST = 8.4;
  /* The glyph of who stands aside has so many pixels before its name is drawn: they sit closer than names are wide. */
  const NAMED = 14;
  /* In a picture of more nodes the first names may cover glyphs: else the best known, in the middle of the crowd, would have none. */
  const CROWDED = 150;
  /* Whose names the last frame drew, and where. */
  parley.drawnNames = () => drawn;
  parley.labelAt = (point) => {
    const hit = drawn.find((one) => point.x >= one.box.left && point.x <= one.box.right && point.y >= one.box.top && point.y <= one.box.bottom);
    return hit ? hit.id : null;
  };
  /* The factor by which labels are drawn larger than the picture, so that their size on the screen stays readable. */
  const growth = (scale) => Math.min(15, Math.max(10, parley.label.size * scale)) / (parley.label.size * scale);

  /* Sizes at which a label is tried: as on the screen, then down to that of its seat, which the picture keeps free. */
  function tried(factor, scale) {
    const least = Math.max(1, LEAST / (parley.label.size * scale));
    return factor > 1 && factor < FAR && least < factor ? [factor, (factor + least) / 2, least] : [factor];
  }
  function labelBox(node, factor) {
    const label = parley.labelSize(node);
    const half = (label.width * factor) / 2 + 3;
    const top = node.at.y + parley.reach(node) + parley.label.gap - 2;
    return { left: node.at.x - half, right: node.at.x + half, top, bottom: top + label.height * factor + 3 };
  }
  function glyphBox(node) {
    return { left: node.at.x - node.size, right: node.at.x + node.size, top: node.at.y - node.size, bottom: node.at.y + node.size };
  }
  function drawLabel(context, node, box, factor, faded) {
    const label = parley.labelSize(node);
    context.save();
    context.textAlign = "center";
    context.textBaseline = "top";
    if (!faded) {
      context.globalAlpha = 0.86;
      context.fillStyle = parley.colour("ground");
      context.beginPath();
      context.roundRect(box.left, box.top, box.right - box.left, box.bottom - box.top, 5);
      context.fill();
    }
    context.globalAlpha = faded ? 0.32 : 1;
    label.lines.forEach((line, at) => {
      const isDate = parley.isDate(node, at);
      context.font = parley.labelFont(node, isDate, factor, node.id === state.selected);
      context.fillStyle = parley.colour(isDate ? "muted" : "ink");
      context.fillText(line, node.at.x, box.top + 3 + at * parley.label.line * factor, node.room * factor);
    });
    context.restore();
  }
  function order(active) {
    const rank = (node) => (node.id === state.selected ? 2 : active !== null && active.has(node.id) ? 1 : 0);
    return [...parley.visibleGroups(), ...parley.visibleNodes()].sort((a, b) => rank(b) - rank(a) || (b.weight === a.weight ? 0 : b.weight - a.weight));
  }
  parley.drawLabels = (context, scale = parley.scale()) => {
    const active = parley.active();
    const factor = growth(scale);
    const nodes = order(active);
    const glyphs = nodes.map((node) => ({ node, box: glyphBox(node) }));
    const crowd = parley.crowd(120 * factor);
    if (factor > NEAR && factor < FAR) for (const one of glyphs) crowd.add(one.box, one.node);
    const sizes = nodes.length > CROWDED ? [factor] : tried(factor, scale);
    const seats = parley.crowd(120 * factor);
    if (sizes.length > 1) for (const node of nodes) seats.add(labelBox(node, sizes.at(-1)), node);
    const isDim = (node) => active !== null && !active.has(node.id);
    const taken = [];
    const isFar = (node) => parley.aside.has(node.id) && node.size * scale < NAMED && (active === null || !active.has(node.id));
    for (const node of nodes.filter((one) => !isFar(one))) {
      if (factor >= FAR && taken.length >= FEW) break;
      const first = nodes.length > CROWDED && taken.length < FEW;
      const matters = (other) => other === null || (!first && other !== node && (isDim(node) || !isDim(other)));
      const isFree = (size) => !crowd.hits(labelBox(node, size), matters) && (size === sizes.at(-1) || !seats.hits(labelBox(node, size), matters));
      const size = node.id === state.selected ? factor : sizes.find(isFree);
      if (size === undefined) continue;
      const box = labelBox(node, size);
      crowd.add(box, null);
      taken.push({ id: node.id, node, box, size });
    }
    const faded = (one) => active !== null && !active.has(one.id);
    const clear = taken.filter((one) => !faded(one));
    const plates = active !== null && parley.byId("stage").clientWidth > 700 ? placeWords(context, factor, clear, glyphs, active) : [];
    const dim = taken.filter((one) => faded(one) && !plates.some((plate) => parley.overlap(plate.box, one.box)));
    for (const one of dim) drawLabel(context, one.node, one.box, one.size, true);
    for (const one of clear) drawLabel(context, one.node, one.box, one.size, false);
    drawn = [...dim, ...clear];
    drawPlates(context, plates, factor);
    drawAside(context, scale);
  };

  /* Who has no relationship in a large picture stands apart: a frame around them says so. */
  function drawAside(context, scale) {
    const apart = parley.visibleNodes().filter((node) => parley.aside.has(node.id) && !state.pinned.has(node.id));
    if (!apart.length) return;
    const size = Math.min(13, Math.max(11, 26 * scale)) / scale;
    const reach = (node) => node.size + 8;
    const left = Math.min(...apart.map((node) => node.at.x - reach(node)));
    const right = Math.max(...apart.map((node) => node.at.x + reach(node)));
    const top = Math.min(...apart.map((node) => node.at.y - reach(node)));
    const bottom = Math.max(...apart.map((node) => node.at.y + reach(node)));
    context.save();
    context.strokeStyle = parley.colour("field");
    context.lineWidth = 1 / scale;
    context.beginPath();
    context.roundRect(left, top, right - left, bottom - top, 8);
    context.stroke();
    context.font = `600 ${size.toFixed(1)}px ${parley.label.font}`;
    const isColumn = bottom - top > right - left;
    context.textAlign = isColumn ? "right" : "left";
    context.textBaseline = isColumn ? "bottom" : "top";
    context.fillStyle = parley.colour("muted");
    context.fillText(`No relationship shown (${apart.length})`, isColumn ? right : left, isColumn ? top - size * 0.4 : bottom + size * 0.4);
    context.restore();
  }
  function forWords(context, factor) {
    context.save();
    context.font = `500 ${(11.5 * factor).toFixed(2)}px ${parley.label.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
  }
  /* Where words stand on the lines that stand out: on no name and glyph that stands out too; names that are dimmed give way to them. */
  function placeWords(context, factor, labels, glyphs, active) {
    const lines = parley.visibleLines().filter(parley.isLineActive);
    const times = new Map();
    for (const line of lines) times.set(line.caption, (times.get(line.caption) || 0) + 1);
    const taken = [...labels.map((one) => one.box), ...glyphs.filter((one) => active.has(one.node.id)).map((one) => one.box)];
    const plates = [];
    forWords(context, factor);
    for (const line of lines.filter((one) => times.get(one.caption) <= 3)) {
      const words = wrapped(context, line.caption);
      const half = Math.max(...words.map((word) => context.measureText(word).width)) / 2 + 4;
      const tall = words.length * 7.5 * factor + 2;
      for (const t of [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73]) {
        const at = parley.pointOn(line, t);
        const box = { left: at.x - half, right: at.x + half, top: at.y - tall, bottom: at.y + tall };
        if (taken.some((other) => parley.overlap(box, other))) continue;
        taken.push(box);
        plates.push({ words, at, box });
        break;
      }
    }
    context.restore();
    return plates;
  }
  function drawPlates(context, plates, factor) {
    forWords(context, factor);
    for (const { words, at, box } of plates) drawPlate(context, words, at, box, factor);
    context.restore();
  }
  function drawPlate(context, words, at, box, factor) {
    context.globalAlpha = 0.94;
    context.fillStyle = parley.colour("ground");
    context.beginPath();
    context.roundRect(box.left, box.top, box.right - box.left, box.bottom - box.top, 4);
    context.fill();
    context.globalAlpha = 1;
    context.fillStyle = parley.colour("accent");
    words.forEach((word, row) => context.fillText(word, at.x, at.y + (row - (words.length - 1) / 2) * 14 * factor));
  }
  /* At most three lines of about 26 characters. */
  function wrapped(context, text) {
    const rows = [""];
    for (const word of text.split(" ")) {
      const last = rows.length - 1;
      if (rows[last] && rows[last].length + word.length > 26) rows.push(word);
      else rows[last] = rows[last] ? `${rows[last]} ${word}` : word;
    }
    return rows.length > 3 ? [rows[0], rows[1], `${rows[2]}…`] : rows;
  }
})(window.parley);
