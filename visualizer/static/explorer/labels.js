/* Names under glyphs and words on lines, drawn last; a label that would cover another waits until there is room. */
(function (parley) {
  "use strict";
  const state = parley.state;
  let drawn = [];
  /* Labels up to this much larger than the picture have their own room; beyond FAR nothing but a few names can be read. */
  const NEAR = 1.06;
  const FAR = 2.6;
  const FEW = 45;
  /* In a picture of more nodes the first names may cover glyphs: else the best known, in the middle of the crowd, would have none. */
  const CROWDED = 150;
  parley.labelAt = (point) => {
    const hit = drawn.find((one) => point.x >= one.box.left && point.x <= one.box.right && point.y >= one.box.top && point.y <= one.box.bottom);
    return hit ? hit.id : null;
  };
  /* The factor by which labels are drawn larger than the picture, so that their size on the screen stays readable. */
  const growth = () => {
    const scale = parley.scale();
    return Math.min(15, Math.max(10, parley.label.size * scale)) / (parley.label.size * scale);
  };

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
  parley.drawLabels = (context) => {
    const active = parley.active();
    const factor = growth();
    const nodes = order(active);
    const glyphs = nodes.map((node) => ({ node, box: glyphBox(node) }));
    const crowd = parley.crowd(120 * factor);
    if (factor > NEAR && factor < FAR) for (const one of glyphs) crowd.add(one.box, one.node);
    const isDim = (node) => active !== null && !active.has(node.id);
    const taken = [];
    for (const node of nodes) {
      if (factor >= FAR && taken.length >= FEW) break;
      const box = labelBox(node, factor);
      const first = nodes.length > CROWDED && taken.length < FEW;
      const matters = (other) => other === null || (!first && other !== node && (isDim(node) || !isDim(other)));
      if (node.id !== state.selected && crowd.hits(box, matters)) continue;
      crowd.add(box, null);
      taken.push({ id: node.id, node, box });
    }
    const faded = (one) => active !== null && !active.has(one.id);
    for (const one of taken.filter(faded)) drawLabel(context, one.node, one.box, factor, true);
    for (const one of taken.filter((other) => !faded(other))) drawLabel(context, one.node, one.box, factor, false);
    drawn = taken;
    if (active !== null && parley.byId("stage").clientWidth > 700) drawWords(context, factor, taken.filter((one) => !faded(one)), glyphs, active);
  };

  function drawWords(context, factor, labels, glyphs, active) {
    const lines = parley.visibleLines().filter(parley.isLineActive);
    const times = new Map();
    for (const line of lines) times.set(line.caption, (times.get(line.caption) || 0) + 1);
    const taken = [...labels.map((one) => one.box), ...glyphs.filter((one) => active.has(one.node.id)).map((one) => one.box)];
    context.save();
    context.font = `500 ${(11.5 * factor).toFixed(2)}px ${parley.label.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const line of lines.filter((one) => times.get(one.caption) <= 3)) {
      const words = wrapped(context, line.caption);
      const half = Math.max(...words.map((word) => context.measureText(word).width)) / 2 + 4;
      const tall = words.length * 7.5 * factor + 2;
      for (const t of [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73]) {
        const at = parley.pointOn(line, t);
        const box = { left: at.x - half, right: at.x + half, top: at.y - tall, bottom: at.y + tall };
        if (taken.some((other) => parley.overlap(box, other))) continue;
        taken.push(box);
        drawPlate(context, words, at, box, factor);
        break;
      }
    }
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
