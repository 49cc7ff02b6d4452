/* Where nodes are: the seats that came with the page, and a free spot for who comes later. Units are pixels at scale 1. */
(function (parley) {
  "use strict";
  const FONT = '"Inter", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif';
  const SIZE = 12.5;
  const LINE = 15;
  const GAP = 5;
  const CELL = 120;
  const measure = document.createElement("canvas").getContext("2d");
  parley.label = { font: FONT, size: SIZE, line: LINE, gap: GAP };

  const stage = () => parley.byId("stage");
  parley.isNarrow = () => stage().clientWidth < stage().clientHeight * 0.9;
  let narrow = false;
  parley.bendOf = (line) => (narrow ? line.narrow : line.bend);

  /* The font of a label's line: names of what is large or chosen are bold, dates small. */
  parley.labelFont = (node, isDate, factor, chosen) => {
    const weight = isDate ? 400 : chosen ? 700 : node.bold ? 600 : 500;
    return `${weight} ${((isDate ? 0.92 : 1) * SIZE * factor).toFixed(2)}px ${FONT}`;
  };
  parley.isDate = (node, at) => node.dated && at === parley.labelSize(node).lines.length - 1;
  /* Lines, width and height of a label at scale 1; a font that is wider than its seat is drawn narrower. */
  parley.labelSize = (node) => {
    if (!node.measured) {
      const lines = node.label ? node.label.split("\n") : [];
      node.measured = { lines, width: 0, height: lines.length * LINE };
      lines.forEach((line, at) => {
        measure.font = parley.labelFont(node, parley.isDate(node, at), 1, false);
        node.measured.width = Math.max(node.measured.width, measure.measureText(line).width);
      });
      node.measured.width = Math.min(node.measured.width, node.room);
    }
    return node.measured;
  };
  /* How far down a glyph goes, a group's ring included. */
  parley.reach = (node) => node.size + (node.members ? 7 : 0);
  /* The box of a node's glyph and label around (x, y). */
  parley.boxAt = (node, x, y) => {
    const label = parley.labelSize(node);
    const half = Math.max(node.size * 1.2, label.width / 2 + 4);
    return { left: x - half, right: x + half, top: y - node.size * 1.2, bottom: y + parley.reach(node) + GAP + label.height + 2 };
  };
  parley.overlap = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

  /* Of a picture this large, who has no line stands aside, small: what is drawn is who deals with whom. */
  const LARGE = 150;
  const SMALL = 0.6;
  parley.aside = new Set();
  function standAside(ids) {
    if (ids.length <= LARGE || parley.aside.size) return;
    for (const id of ids.filter((one) => (parley.linesOf.get(one) || []).every((line) => line.party))) {
      parley.aside.add(id);
      parley.nodes.get(id).size *= SMALL;
    }
  }

  /* Put everybody on the seat that the page holds for this shape of window, in whole units as vis-network draws them; return who is there. */
  parley.seatAll = () => {
    narrow = parley.isNarrow();
    parley.seatGroups(narrow);
    const first = [];
    for (const node of parley.nodes.values()) {
      const seat = narrow ? node.narrow : node.x === null ? null : [node.x, node.y];
      node.at = seat ? { x: Math.trunc(seat[0]), y: Math.trunc(seat[1]) } : null;
      if (seat) first.push(node.id);
    }
    standAside(first);
    return first;
  };
  /* The boxes of what is in the picture, but for one that leaves it. */
  function crowded(leaving) {
    const crowd = parley.crowd(CELL);
    const there = [...parley.state.present].map((id) => parley.nodes.get(id)).filter((node) => node.at);
    for (const one of [...there, ...parley.visibleGroups()]) if (one.id !== leaving) crowd.add(parley.boxAt(one, one.at.x, one.at.y));
    return crowd;
  }
  /* The nearest free spot to a node's neighbours, else to the group that it came from, looked for in rings. */
  parley.seat = (node) => {
    if (node.at) return;
    const near = parley.neighbours(node.id).map((id) => parley.nodes.get(id)).filter((other) => parley.state.present.has(other.id) && other.at);
    const group = parley.groupOf(node.id);
    const middle = { x: 0, y: 0 };
    for (const other of near) {
      middle.x += other.at.x / near.length;
      middle.y += other.at.y / near.length;
    }
    node.at = freeSpot(node, near.length || !group ? middle : group.at, crowded(null));
  };
  /* Free spots around a point for many at once; `leaving` makes room for them. */
  parley.seatAround = (middle, nodes, leaving) => {
    const crowd = crowded(leaving);
    for (const node of nodes.filter((one) => !one.at)) {
      node.at = freeSpot(node, middle, crowd);
      crowd.add(parley.boxAt(node, node.at.x, node.at.y));
    }
  };
  function freeSpot(node, middle, crowd) {
    for (let ring = 0; ring < 200; ring += 1) {
      const steps = ring === 0 ? 1 : 8 + ring * 4;
      for (let step = 0; step < steps; step += 1) {
        const angle = (2 * Math.PI * step) / steps + ring;
        const x = middle.x + ring * 20 * Math.cos(angle) * 1.2;
        const y = middle.y + ring * 20 * Math.sin(angle);
        const box = parley.boxAt(node, x, y);
        if (!crowd.hits({ left: box.left - 8, right: box.right + 8, top: box.top - 6, bottom: box.bottom + 6 })) return { x, y };
      }
    }
    return { x: middle.x, y: middle.y };
  }
  /* The point by which a line bends, as vis-network curves it (its _getViaCoordinates). */
  parley.viaOf = (line) => {
    const from = parley.nodes.get(line.from).at;
    const to = parley.nodes.get(line.to).at;
    const bend = parley.bendOf(line);
    const turn = (bend * Math.PI) / 2;
    const reach = 0.5 + Math.abs(bend) / 2;
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    return { x: from.x + reach * (Math.cos(turn) * dx + Math.sin(turn) * dy), y: from.y + reach * (Math.cos(turn) * dy - Math.sin(turn) * dx) };
  };
  /* A point on a line, t from 0 to 1. */
  parley.pointOn = (line, t) => {
    const from = parley.nodes.get(line.from).at;
    const to = parley.nodes.get(line.to).at;
    const via = parley.viaOf(line);
    const mix = (a, b, c) => (1 - t) * (1 - t) * a + 2 * t * (1 - t) * b + t * t * c;
    return { x: mix(from.x, via.x, to.x), y: mix(from.y, via.y, to.y) };
  };
})(window.parley);
