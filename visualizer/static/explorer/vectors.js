/* Lines, glyphs and labels as SVG elements, as they stand on the screen. */
(function (parley) {
  "use strict";
  const { svg, colour } = parley;
  const CROWDED = 150;
  const FEW = 45;
  const short = (value) => Math.round(value * 100) / 100;
  const at = (point) => `${short(point.x)} ${short(point.y)}`;
  const between = (a, b, t) => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t });
  const isFaded = (node, active) => active !== null && !active.has(node.id);
  const endOf = (id) => parley.groupAt(id) || parley.nodes.get(id);
  const nameOf = (node) => (node.members ? node.name : parley.nameOf(node.id));

  /* The part of a line that its glyphs leave free, as a quadratic curve from `start` by `bend` to `tip`; null when there is none. */
  function freePart(line) {
    const [from, to] = [parley.nodes.get(line.from), parley.nodes.get(line.to)];
    const middle = parley.pointOn(line, 0.5);
    const via = { x: 2 * middle.x - (from.at.x + to.at.x) / 2, y: 2 * middle.y - (from.at.y + to.at.y) / 2 };
    const on = (a, b) => between(between(from.at, via, a), between(via, to.at, a), b);
    const leaves = (node, gap) => (t) => Math.hypot(on(t, t).x - node.at.x, on(t, t).y - node.at.y) > node.size + gap;
    const steps = Array.from({ length: 201 }, (_, step) => step / 200);
    const first = steps.find(leaves(from, 2));
    const last = steps.findLast(leaves(to, 4));
    if (first === undefined || last === undefined || first >= last) return null;
    return { start: on(first, first), bend: on(first, last), tip: on(last, last), before: on(last - 0.005, last - 0.005) };
  }
  parley.drawnLine = (line, active) => {
    const part = freePart(line);
    if (!part) return null;
    const on = active !== null && parley.isLineActive(line);
    const stroke = colour(on ? "accent" : `line-${line.family}`);
    const width = on ? 2.4 : 1.5;
    const opacity = active === null || on ? 1 : 0.14;
    const dashes = parley.dashesOf(line);
    const turn = (Math.atan2(part.tip.y - part.before.y, part.tip.x - part.before.x) * 180) / Math.PI;
    const words = `${parley.nameOf(line.from)} – ${line.caption}${line.dashes ? " (only announced or pending)" : ""} – ${parley.nameOf(line.to)}`;
    return svg(
      "g",
      { opacity: opacity < 1 ? short(opacity) : null },
      svg("title", { text: words }),
      svg("path", { d: `M${at(part.start)}Q${at(part.bend)} ${at(part.tip)}`, fill: "none", stroke, "stroke-width": width, "stroke-dasharray": dashes ? dashes.join(" ") : null }),
      svg("path", { d: "M0 0L-1 .3L-.9 0L-1 -.3Z", fill: stroke, transform: `translate(${at(part.tip)}) rotate(${short(turn)}) scale(${short(6.75 + 3 * width)})` }),
    );
  };
  /* The lines of an overview, between groups and what is open, the wider the more they stand for. */
  parley.drawnTie = (tie, active, most) => {
    const share = Math.sqrt(tie.count / most);
    const [from, to] = [endOf(tie.from), endOf(tie.to)];
    const opacity = active === null ? 1 : 0.08;
    const path = svg("path", { d: `M${at(from.at)}L${at(to.at)}`, stroke: colour("pale-presence"), "stroke-width": short(1 + 6 * share), opacity: short(opacity) });
    return svg("g", {}, svg("title", { text: `${nameOf(from)} – ${tie.count} lines – ${nameOf(to)}` }), path);
  };
  function icon(node, kind) {
    const ink = colour("glyph-ink");
    const letters = node.members ? node.count.toLocaleString("en") : parley.icon(kind, node.id) ? "" : parley.initials(nameOf(node));
    const size = node.members ? Math.min(node.size * 0.7, (node.size * 2.1) / letters.length) : Math.round(node.size * 0.8);
    if (letters) return svg("text", { y: short(1 + size * 0.35), fill: ink, "font-size": short(size), "font-weight": 600, "text-anchor": "middle", text: letters });
    const [wide, down] = parley.iconBox(kind.shape, node.size);
    const place = `translate(${short(-wide / 2)} ${short(down - wide / 2)}) scale(${short(wide / 24)})`;
    return svg("path", { d: parley.icon(kind, node.id), fill: "none", stroke: ink, "stroke-width": 1.9, "stroke-linecap": "round", "stroke-linejoin": "round", transform: place });
  }
  parley.drawnGlyph = (node, active) => {
    const kind = parley.kinds.get(node.kind);
    const chosen = node.id === parley.state.selected;
    const d = parley.outline(kind.shape, node.size);
    return svg(
      "g",
      { transform: `translate(${at(node.at)})` },
      svg("title", { text: nameOf(node) }),
      node.members ? svg("path", { d: parley.outline(kind.shape, node.size + 6), fill: "none", stroke: colour(node.colour), "stroke-width": 2 }) : null,
      chosen ? svg("path", { d: parley.outline(kind.shape, node.size + 8), fill: colour(node.colour), opacity: 0.26 }) : null,
      svg("path", { d, fill: colour("ground"), stroke: chosen ? colour("ink") : colour("ground"), "stroke-width": chosen ? 5 : 4, "stroke-linejoin": "round" }),
      svg("g", { opacity: isFaded(node, active) ? 0.2 : null }, svg("path", { d, fill: colour(node.colour) }), icon(node, kind)),
    );
  };
  function labelBox(node) {
    const { width, height } = parley.labelSize(node);
    const top = node.at.y + parley.reach(node) + parley.label.gap - 2;
    return { left: node.at.x - width / 2 - 3, right: node.at.x + width / 2 + 3, top, bottom: top + height + 3 };
  }
  function drawnLabel(node, box, active) {
    const { size, line } = parley.label;
    const rows = parley.labelSize(node).lines.map((text, row) => {
      const isDate = parley.isDate(node, row);
      const weight = isDate ? 400 : node.id === parley.state.selected ? 700 : node.bold ? 600 : 500;
      const y = short(box.top + 3 + row * line + size * 0.92);
      return svg("text", { x: short(node.at.x), y, fill: colour(isDate ? "muted" : "ink"), "font-size": short(isDate ? size * 0.92 : size), "font-weight": weight, "text-anchor": "middle", text });
    });
    const plate = svg("rect", { x: short(box.left), y: short(box.top), width: short(box.right - box.left), height: short(box.bottom - box.top), rx: 5, fill: colour("ground"), opacity: 0.86 });
    return svg("g", { opacity: isFaded(node, active) ? 0.32 : null }, isFaded(node, active) ? null : plate, ...rows);
  }
  const glyphBox = ({ at: middle, size }) => ({ left: middle.x - size, right: middle.x + size, top: middle.y - size, bottom: middle.y + size });
  /* Labels that cover no other label and no glyph, but for the first of a crowd; what stands out comes first and is drawn last. */
  parley.drawnLabels = (nodes, active, words) => {
    const rank = (node) => (node.id === parley.state.selected ? 2 : isFaded(node, active) ? 0 : 1);
    const crowd = parley.crowd(120);
    for (const node of nodes) crowd.add(glyphBox(node), node);
    const labels = [];
    for (const node of [...nodes].sort((a, b) => rank(b) - rank(a) || (b.weight === a.weight ? 0 : b.weight - a.weight))) {
      const box = labelBox(node);
      const first = nodes.length > CROWDED && labels.length < FEW;
      if (crowd.hits(box, (owner) => owner === null || (!first && owner !== node && rank(owner) >= rank(node)))) continue;
      crowd.add(box, null);
      if (isFaded(node, active) && words.some((other) => parley.overlap(other, box))) continue;
      labels.unshift(drawnLabel(node, box, active));
    }
    return svg("g", {}, ...labels);
  };
})(window.parley);
