/* The nodes and relationships of an answer, drawn with the explorer's glyphs and lines. */
(function (parley) {
  "use strict";
  const { element, svg } = parley;
  const MOST = 200;
  const CROWDED = 60;
  const RADIUS = 17;
  const ROOM = 70;
  const short = (value) => Math.round(value * 10) / 10;
  const at = (point) => `${short(point.x)} ${short(point.y)}`;
  const between = (a, b, part) => ({ x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part });

  function rows(name) {
    const lines = [""];
    for (const word of name.split(/\s+/)) {
      if (lines.at(-1) && `${lines.at(-1)} ${word}`.length > 20) lines.push(word);
      else lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trim();
    }
    const kept = lines.slice(0, 2).map((line) => (line.length > 24 ? `${line.slice(0, 23)}…` : line));
    if (lines.length > 2) kept[1] = `${kept[1].replace(/…$/, "")}…`;
    return kept;
  }
  function line(one, from, to, bend, named) {
    const look = parley.lineOf(one.type);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = Math.max(Math.hypot(dx, dy), 1);
    const via = { x: (from.x + to.x) / 2 - (dy / length) * bend, y: (from.y + to.y) / 2 + (dx / length) * bend };
    const start = between(from, via, Math.min((RADIUS * 2) / length, 0.4));
    const tip = between(to, via, Math.min(((RADIUS + 5) * 2) / length, 0.45));
    const turn = (Math.atan2(to.y - via.y, to.x - via.x) * 180) / Math.PI;
    const colour = `var(--${look.family === "plain" ? "muted" : `line-${look.family}`})`;
    const middle = between(between(start, via, 0.5), between(via, tip, 0.5), 0.5);
    return svg("g", {},
      svg("title", { text: `${parley.readable(one.type)}${look.caption ? `: ${look.caption}` : ""}` }),
      svg("path", { class: `line${look.dashes ? " planned" : ""}`, d: `M${at(start)}Q${at(via)} ${at(tip)}`, stroke: colour }),
      svg("path", { class: "tip", d: "M0 0L-9 3.4L-8 0L-9 -3.4Z", fill: colour, transform: `translate(${at(tip)}) rotate(${short(turn)})` }),
      named ? svg("text", { class: "type", x: short(middle.x), y: short(middle.y + 3), text: parley.readable(one.type) }) : null);
  }
  function loop(one, seat) {
    return svg("g", {}, svg("title", { text: parley.readable(one.type) }), svg("path", { class: "line", stroke: "var(--muted)", d: `M${at({ x: seat.x - 8, y: seat.y - RADIUS })}c-30 -46 46 -46 16 0` }));
  }
  function glyph(node, seat) {
    const look = parley.lookOf(node);
    const d = parley.outline(look.shape, RADIUS);
    const [wide, down] = parley.iconBox(look.shape, RADIUS);
    const inner = look.icon
      ? svg("path", { class: "glyph-icon", d: look.icon, transform: `translate(${short(-wide / 2)} ${short(down - wide / 2)}) scale(${short(wide / 24)})` })
      : svg("text", { class: "letters", y: 5, text: parley.initials(look.name) });
    const label = rows(look.name).map((text, row) => svg("text", { y: RADIUS + 17 + row * 14, text }));
    const page = parley.pageOf(node);
    const words = `${look.name}, ${parley.readable(node.labels.at(-1) || "node")}`;
    const holder = page ? { href: page, "aria-label": words } : { role: "img", "aria-label": words };
    return svg(page ? "a" : "g", { ...holder, transform: `translate(${at(seat)})` }, svg("title", { text: words }), svg("path", { class: "ring", d }), svg("path", { class: `glyph-shape fill-${look.colour}`, d }), inner, ...label);
  }
  /* Ends that the answer names and does not hold are nodes of no kind. */
  const stranger = (id) => ({ elementId: id, labels: [], name: id, properties: {} });
  function parts(found) {
    const nodes = [...found.nodes.entries(), ...[...found.strangers].map((id) => [id, stranger(id)])].slice(0, MOST);
    const number = new Map(nodes.map(([key], place) => [key, place]));
    const lines = [...found.relationships.values()].filter((one) => number.has(one.from) && number.has(one.to));
    return { nodes: nodes.map(([, node]) => node), number, lines };
  }
  function picture({ nodes, number, lines }) {
    const seats = parley.seats(nodes.length, lines.map((one) => [number.get(one.from), number.get(one.to)]));
    const beside = new Map();
    const drawn = lines.map((one) => {
      const [from, to] = [number.get(one.from), number.get(one.to)];
      if (from === to) return loop(one, seats[from]);
      const pair = `${Math.min(from, to)} ${Math.max(from, to)}`;
      const count = beside.get(pair) || 0;
      beside.set(pair, count + 1);
      const bend = Math.ceil(count / 2) * 38 * (count % 2 ? 1 : -1) * (from < to ? 1 : -1);
      return line(one, seats[from], seats[to], bend, lines.length <= CROWDED);
    });
    const xs = seats.map((seat) => seat.x);
    const ys = seats.map((seat) => seat.y);
    const [left, top] = [Math.min(...xs) - ROOM, Math.min(...ys) - ROOM];
    const [width, height] = [Math.max(...xs) - left + ROOM, Math.max(...ys) - top + ROOM];
    const label = `${nodes.length} nodes, ${lines.length} relationships`;
    return svg("svg", { role: "group", "aria-label": label, viewBox: [left, top, width, height].map(short).join(" "), width: short(width), height: short(height) }, ...drawn, ...nodes.map((node, place) => glyph(node, seats[place])));
  }
  function zoomed(drawn, stage) {
    const whole = Number(drawn.getAttribute("width"));
    const ratio = Number(drawn.getAttribute("height")) / whole;
    const resize = (width) => {
      drawn.setAttribute("width", short(width));
      drawn.setAttribute("height", short(width * ratio));
    };
    const fit = () => resize(Math.min(whole, Math.max(stage.clientWidth - 4, 200)));
    const by = (factor) => resize(Math.min(Math.max(Number(drawn.getAttribute("width")) * factor, 160), 12000));
    return { fit, buttons: [parley.button("Larger", () => by(1.25), { class: "quiet" }), parley.button("Smaller", () => by(0.8), { class: "quiet" }), parley.button("Fit", fit, { class: "quiet" })] };
  }
  const counted = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
  function remarks(found, shown) {
    const said = [`${counted(shown.nodes.length, "node")}, ${counted(shown.lines.length, "relationship")}.`];
    const all = found.nodes.size + found.strangers.size;
    if (all > shown.nodes.length) said.push(`The first ${MOST} of ${all.toLocaleString("en")} are drawn.`);
    if (found.strangers.size) said.push(`${counted(found.strangers.size, "end")} not in the answer: return the nodes as well to see what they are.`);
    return said.join(" ");
  }
  /* {content, fit}: the picture, or a sentence when there is nothing to draw. */
  parley.graphOf = (answer) => {
    const found = parley.collect(answer.rows);
    const shown = parts(found);
    if (!shown.nodes.length) return { content: [element("p", { class: "refused told", text: "There is nothing to draw: the answer holds no nodes, relationships or paths. Return them whole, such as RETURN person, r, event." })], fit: () => undefined };
    const drawn = picture(shown);
    const stage = element("div", { class: "stage", tabindex: "0", role: "region", "aria-label": "Graph of the answer" }, drawn);
    const { fit, buttons } = zoomed(drawn, stage);
    const ids = shown.nodes.filter((node) => node.labels.includes("Entity") && parley.pageOf(node)).map((node) => node.id);
    const link = ids.length ? element("a", { href: `/#show=${ids.slice(0, 40).join(",")}&only=${ids.slice(0, 40).join(",")}` }, ids.length > 40 ? "Open the first 40 in the explorer" : "Open in the explorer") : null;
    return { content: [element("p", { class: "small", text: remarks(found, shown) }), element("div", { class: "looks" }, ...buttons, link), stage], fit };
  };
})(window.parley);
