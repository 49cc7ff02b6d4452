/* The picture itself: vis-network draws nodes and lines from a fixed list of keys; the camera goes where it is needed. */
(function (parley) {
  "use strict";
  const state = parley.state;
  const colours = new Map();
  /* A neighbourhood that is too wide is not shown smaller than this, but around its middle. */
  const LEAST = 0.66;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let network = null;
  let nodeView = null;
  let lineView = null;
  let nodeSet = null;
  let lineSet = null;
  let hovered = null;
  parley.colour = (name) => {
    if (!colours.has(name)) colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
    return colours.get(name);
  };
  parley.forgetColours = () => colours.clear();
  parley.scale = () => (network ? network.getScale() : 1);

  /* Ids that stand out while something is selected; null when nothing is. */
  parley.active = () => {
    if (state.line !== null) return new Set([parley.lines.get(state.line).from, parley.lines.get(state.line).to]);
    if (state.selected === null) return parley.storyFocus();
    const around = parley.nodes.has(state.selected) ? parley.neighbours(state.selected) : parley.concerned(state.selected);
    const groups = around.filter((id) => !state.present.has(id) && parley.groupOf(id)).map((id) => parley.groupOf(id).id);
    return new Set([state.selected, ...around, ...groups]);
  };
  parley.isLineActive = (line) => {
    if (state.line !== null) return line.id === state.line;
    if (state.selected !== null) return line.from === state.selected || line.to === state.selected;
    return parley.isLineTold(line);
  };

  /* What every glyph of a frame is drawn by, looked up once for all. */
  const frameOf = () => ({ active: parley.active(), scale: network.getScale() });
  let now = { active: null, scale: 1 };
  /* A glyph of so few pixels is a dot, a larger one has no icon yet. */
  const DOT = 4.5;
  const BARE = 8;

  const shapes = new Map();
  function shapeOf(shape, size) {
    const key = `${shape} ${size}`;
    if (!shapes.has(key)) shapes.set(key, parley.path(parley.outline(shape, size)));
    return shapes.get(key);
  }

  function drawGlyph(context, node, x, y) {
    const { active, scale } = now;
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
  }
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
  const renderer = ({ ctx, id, x, y }) => {
    const node = parley.groupAt(id) || parley.nodes.get(id);
    return {
      drawNode: () => drawGlyph(ctx, node, x, y),
      nodeDimensions: { width: node.size * 2, height: node.size * 2 },
    };
  };
  const nodeItem = (node) => ({ id: node.id, x: node.at.x, y: node.at.y, size: node.size, shape: "custom", ctxRenderer: renderer });
  /* Of more lines than this each is thin and pale, and stays as it is while others stand out: to change all takes a second. */
  const MANY = 2500;
  const lineCount = parley.lines.size;
  const paleness = (active, on) => (on ? 1 : state.present.size > MANY / 2 && lineCount > MANY ? 0.5 : active === null ? 1 : 0.14);
  function lineItem(line, active) {
    const on = active !== null && parley.isLineActive(line);
    const colour = on ? parley.colour("accent") : parley.colour(`line-${line.family}`);
    const bend = parley.bendOf(line);
    return {
      id: line.id,
      from: line.from,
      to: line.to,
      dashes: line.dashes ? [6, 5] : false,
      width: (on ? 2.4 : 1.5) * (on && state.present.size > MANY / 2 ? 2 : 1),
      color: { color: colour, highlight: colour, hover: colour, opacity: paleness(active, on) * (parley.isLight(line) ? 0.45 : 1) },
      smooth: { enabled: Math.abs(bend) > 0.001, type: bend < 0 ? "curvedCCW" : "curvedCW", roundness: Math.abs(bend) },
    };
  }
  /* The lines between groups are the wider the more they stand for. */
  function tieItem(tie, active, most) {
    const on = [tie.from, tie.to].includes(parley.focusedGroup());
    const colour = on ? parley.colour("accent") : parley.colour("line-presence");
    const share = Math.sqrt(tie.count / most);
    return {
      id: tie.id,
      from: tie.from,
      to: tie.to,
      dashes: false,
      arrows: { to: { enabled: false } },
      width: 1 + 9 * share,
      color: { color: colour, highlight: colour, hover: colour, opacity: active !== null ? 0.08 : on ? 0.9 : 0.14 + 0.4 * share },
      smooth: { enabled: false },
    };
  }
  /* What vis-network was last told of each item: only what differs is told again, which for thousands of lines is what takes time. */
  const told = { nodes: new Map(), lines: new Map() };
  function tell(set, kept, items) {
    const fresh = items.filter((item) => {
      const text = item.ctxRenderer ? `${item.x} ${item.y} ${item.size}` : JSON.stringify(item);
      if (kept.get(item.id) === text) return false;
      kept.set(item.id, text);
      return true;
    });
    if (fresh.length) set.update(fresh);
  }
  function drop(ids) {
    for (const id of ids) told.lines.delete(id);
    lineSet.remove(ids);
  }
  /* Nodes and lines as vis-network should have them now. */
  parley.refresh = () => {
    const active = parley.active();
    const ties = parley.countGroups();
    const present = [...state.present].map((id) => parley.nodes.get(id));
    tell(nodeSet, told.nodes, [...present, ...parley.visibleGroups()].map(nodeItem));
    const lines = [...parley.lines.values()].filter((line) => state.present.has(line.from) && state.present.has(line.to));
    const most = ties.reduce((sum, tie) => Math.max(sum, tie.count), 1);
    const standing = new Set(ties.map((tie) => tie.id));
    drop([...told.lines.keys()].filter((id) => !parley.lines.has(id) && !standing.has(id)));
    tell(lineSet, told.lines, [...ties.map((tie) => tieItem(tie, active, most)), ...lines.map((line) => lineItem(line, active))]);
    nodeView.refresh();
    lineView.refresh();
    network.redraw();
  };
  parley.visibleNodes = () => [...state.present].filter(parley.isVisible).map((id) => parley.nodes.get(id));
  parley.visibleLines = () => [...parley.lines.values()].filter(parley.isLineVisible);

  /* The part of the stage that the card leaves free, in pixels of the stage. */
  function freeRectangle(whole) {
    const stage = parley.byId("stage").getBoundingClientRect();
    const card = parley.byId("card");
    const free = { left: 0, top: 0, right: stage.width, bottom: parley.aboveStory(stage) };
    if (whole || card.hidden) return free;
    const box = card.getBoundingClientRect();
    if (box.width > stage.width * 0.8) free.bottom = Math.max(120, Math.min(free.bottom, box.top - stage.top));
    else free.right = Math.max(200, box.left - stage.left);
    return free;
  }
  function extent(nodes) {
    const all = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    for (const node of nodes) {
      const box = parley.boxAt(node, node.at.x, node.at.y);
      all.left = Math.min(all.left, box.left);
      all.right = Math.max(all.right, box.right);
      all.top = Math.min(all.top, box.top);
      all.bottom = Math.max(all.bottom, box.bottom);
    }
    return all;
  }
  function move(scale, centre, animate) {
    const animation = animate && !calm.matches ? { duration: 260, easingFunction: "easeInOutQuad" } : false;
    network.moveTo({ scale, position: centre, animation });
  }
  /* Show these nodes whole in the free part of the stage, `whole` also under the card. */
  function frame(nodes, animate, whole) {
    if (!nodes.length) return;
    const free = inner(freeRectangle(whole));
    const box = extent(nodes);
    const scale = Math.min(1.35, largest(box, free));
    move(scale, centreFor({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }, free, scale), animate);
  }
  /* Go no further than needed to see these nodes: not at all, else sideways, else smaller; `middle` counts most. */
  function disclose(nodes, middle, animate) {
    const stage = parley.byId("stage");
    const free = inner(freeRectangle(false));
    const box = extent(nodes);
    const now = network.getScale();
    const scale = Math.max(Math.min(now, LEAST), Math.min(now, largest(box, free)));
    const view = network.getViewPosition();
    const low = { x: view.x + (free.left - stage.clientWidth / 2) / scale, y: view.y + (free.top - stage.clientHeight / 2) / scale };
    const high = { x: view.x + (free.right - stage.clientWidth / 2) / scale, y: view.y + (free.bottom - stage.clientHeight / 2) / scale };
    const shift = (start, end, from, to, wish) => {
      if (end - start > to - from) return wish - (from + to) / 2;
      return start < from ? start - from : end > to ? end - to : 0;
    };
    const position = {
      x: view.x + shift(box.left, box.right, low.x, high.x, middle ? middle.x : (box.left + box.right) / 2),
      y: view.y + shift(box.top, box.bottom, low.y, high.y, middle ? middle.y : (box.top + box.bottom) / 2),
    };
    if (scale !== now || position.x !== view.x || position.y !== view.y) move(scale, position, animate);
  }
  function inner(free) {
    const margin = Math.min(14, parley.byId("stage").clientWidth * 0.02);
    return { left: free.left + margin, top: free.top + margin, right: free.right - margin, bottom: free.bottom - margin };
  }
  const largest = (box, free) => Math.max(0.03, Math.min((free.right - free.left) / (box.right - box.left), (free.bottom - free.top) / (box.bottom - box.top)));
  function centreFor(point, free, scale) {
    const stage = parley.byId("stage");
    return {
      x: point.x + (stage.clientWidth / 2 - (free.left + free.right) / 2) / scale,
      y: point.y + (stage.clientHeight / 2 - (free.top + free.bottom) / 2) / scale,
    };
  }
  /* Show everything, `whole` also under the card. */
  parley.fit = (animate, whole) => frame([...parley.visibleNodes(), ...parley.visibleGroups()], animate, whole);
  /* Look at these nodes, or at a point of the picture. */
  parley.frame = (nodes, animate) => frame(nodes, animate, false);
  parley.look = (point, scale, animate) => move(scale, centreFor(point, inner(freeRectangle(false)), scale), animate);
  parley.reveal = (animate) => {
    if (state.story !== null && state.selected === null && state.line === null && !state.path) {
      parley.showStep(animate);
      return;
    }
    const active = parley.active();
    if (!active) return;
    const nodes = parley.visibleNodes().filter((node) => active.has(node.id));
    const chosen = parley.nodes.get(state.selected);
    if (nodes.length) disclose(nodes, chosen ? chosen.at : null, animate);
  };
  /* Where a point of the picture is on the stage, in pixels. */
  parley.onStage = (point) => network.canvasToDOM(point);
  parley.zoom = (factor) => move(Math.min(4, Math.max(0.03, network.getScale() * factor)), network.getViewPosition(), true);

  function clicked(event) {
    if (event.event.tapCount > 1) return;
    const at = event.pointer.canvas;
    const id = event.nodes[0] ?? parley.labelAt(at) ?? null;
    if (parley.groupAt(id)) parley.focusGroup(id);
    else if (id !== null) parley.select(id);
    else if (parley.lines.has(event.edges[0])) parley.selectLine(event.edges[0]);
    else if (event.edges.length) parley.tellTie(parley.tieAt(event.edges[0]));
    else if (state.selected !== null || state.line !== null) parley.leave();
    network.unselectAll();
  }
  function listen() {
    network.on("click", clicked);
    network.on("beforeDrawing", () => {
      now = frameOf();
    });
    network.on("afterDrawing", parley.drawLabels);
    network.on("hoverNode", (event) => hover(event.node));
    network.on("blurNode", () => hover(null));
    network.on("hoverEdge", () => pointer(true));
    network.on("blurEdge", () => pointer(hovered !== null));
    for (const name of ["dragStart", "dragging", "dragEnd"]) network.on(name, (event) => parley.dragged(name, event.nodes.map((id) => [id, network.getPosition(id)])));
  }
  function pointer(on) {
    parley.byId("network").classList.toggle("pointed", on);
  }
  function hover(id) {
    hovered = id;
    pointer(id !== null);
    network.redraw();
  }
  /* Have vis-network tell of an event of its own: doubleClick, afterDrawing… */
  parley.onPicture = (name, listener) => network.on(name, listener);
  /* A side's line to an event at which its people are drawn says nothing more: it waits until one of its ends, or it, is selected. */
  const isDrawn = (line) => parley.isLineVisible(line) && (!line.party || isTold(line) || !peopleAt(line.to).has(parley.nodes.get(line.from).colour));
  const isTold = (line) => (parley.active() !== null && parley.isLineActive(line)) || (state.path !== null && state.path.lines.includes(line.id));
  function peopleAt(event) {
    const there = (parley.linesOf.get(event) || []).filter((line) => line.to === event && line.family === "presence" && parley.isLineVisible(line));
    const people = there.map((line) => parley.nodes.get(line.from)).filter((node) => node.kind === "Person" && node.colour !== "third");
    return new Set(people.map((node) => node.colour));
  }
  parley.isLineDrawn = isDrawn;
  parley.startPicture = () => {
    nodeSet = new vis.DataSet();
    lineSet = new vis.DataSet();
    nodeView = new vis.DataView(nodeSet, { filter: (item) => (parley.groupAt(item.id) ? parley.isGroupVisible(item.id) : parley.isVisible(item.id)) });
    lineView = new vis.DataView(lineSet, { filter: (item) => !parley.lines.has(item.id) || isDrawn(parley.lines.get(item.id)) });
    network = new vis.Network(parley.byId("network"), { nodes: nodeView, edges: lineView }, parley.options);
    listen();
  };
  /* Leave out what is no longer in the picture, when the window's shape gave everybody another seat. */
  parley.restart = () => {
    nodeSet.clear();
    lineSet.clear();
    told.nodes.clear();
    told.lines.clear();
    parley.refresh();
  };
})(window.parley);
