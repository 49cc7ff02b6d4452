/* Shapes and icons of kinds, as paths that both the canvas and the legend draw. */
(function (parley) {
  "use strict";
  const icons = new Map(Object.entries(parley.page.icons));
  const points = (pairs) => "M" + pairs.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`).join("L") + "Z";
  const around = (corners, radius, turn) =>
    points(Array.from({ length: corners }, (_, at) => [radius * Math.cos(turn + (2 * Math.PI * at) / corners), radius * Math.sin(turn + (2 * Math.PI * at) / corners)]));
  const rounded = (w, h, c) => `M${-w + c} ${-h}H${w - c}A${c} ${c} 0 0 1 ${w} ${-h + c}V${h - c}A${c} ${c} 0 0 1 ${w - c} ${h}H${-w + c}A${c} ${c} 0 0 1 ${-w} ${h - c}V${-h + c}A${c} ${c} 0 0 1 ${-w + c} ${-h}Z`;
  /* A square whose corners are cut inward, as of a plate that is screwed on. */
  const scalloped = (w, c) => `M${-w + c} ${-w}H${w - c}A${c} ${c} 0 0 0 ${w} ${-w + c}V${w - c}A${c} ${c} 0 0 0 ${w - c} ${w}H${-w + c}A${c} ${c} 0 0 0 ${-w} ${w - c}V${-w + c}A${c} ${c} 0 0 0 ${-w + c} ${-w}Z`;
  const SHAPES = {
    circle: (r) => `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`,
    square: (r) => rounded(r * 0.93, r * 0.93, r * 0.34),
    page: (r) => rounded(r * 0.8, r, r * 0.24),
    hexagon: (r) => around(6, r * 1.08, 0),
    plaque: (r) => scalloped(r * 0.98, r * 0.36),
    diamond: (r) => points([[0, -r * 1.16], [r * 1.16, 0], [0, r * 1.16], [-r * 1.16, 0]]),
    triangle: (r) => points([[0, -r * 1.1], [r * 1.2, r * 0.95], [-r * 1.2, r * 0.95]]),
    shield: (r) => `M${-r * 0.92} ${-r * 0.9}H${r * 0.92}V${r * 0.15}C${r * 0.92} ${r * 0.7} ${r * 0.4} ${r * 0.95} 0 ${r * 1.12}C${-r * 0.4} ${r * 0.95} ${-r * 0.92} ${r * 0.7} ${-r * 0.92} ${r * 0.15}Z`,
  };
  const paths = new Map();

  parley.outline = (shape, radius) => (SHAPES[shape] || SHAPES.circle)(radius);
  parley.path = (text) => {
    if (!paths.has(text)) paths.set(text, new Path2D(text));
    return paths.get(text);
  };
  /* The icon of an entity where it says more than that of its kind: a phone for a call, a ship for fees on ships. A person with a name has
     none, but initials; what is of a kind that the page does not hold has neither. */
  parley.icon = (kind, id) => icons.get((parley.entities.get(id) || {}).icon) || icons.get(kind.icon) || "";
  /* Where an icon of 24 by 24 stands in a glyph: its width and how far down. */
  parley.iconBox = (shape, radius) => (shape === "triangle" ? [radius * 0.9, radius * 0.28] : shape === "diamond" ? [radius * 1.12, 0] : [radius * 1.2, 0]);
  parley.initials = (name) => {
    const words = name.split(/[\s·-]+/u).map((word) => word.replace(/^[^\p{L}\p{N}]+/u, "")).filter(Boolean);
    const picked = words.length > 1 ? [words[0], words[words.length - 1]] : words;
    return picked.map((word) => [...word][0]).join("").toUpperCase() || "?";
  };
  /* The colour's name in the style sheet for an entity that need not be a node of the picture. */
  parley.colourOf = (id) => {
    const node = parley.nodes.get(id);
    const entity = parley.entities.get(id);
    if (node) return node.colour;
    const kind = entity && parley.kinds.get(entity.kind);
    return !kind ? "third" : kind.colour === "side" ? entity.side || "third" : kind.colour;
  };
  parley.glyphOf = (id) => {
    const entity = parley.entities.get(id) || { kind: "", name: "" };
    return parley.glyph(entity.kind, parley.colourOf(id), entity.name, id);
  };
  parley.glyph = (kindId, colour, name, id) => {
    const kind = parley.kinds.get(kindId) || { shape: "circle", icon: "" };
    const drawn = parley.svg("svg", { class: `glyph fill-${colour}`, viewBox: "-13 -13 26 26", "aria-hidden": "true" });
    drawn.append(parley.svg("path", { class: "glyph-shape", d: parley.outline(kind.shape, 10.5) }));
    if (!parley.icon(kind, id)) {
      if (name && parley.kinds.has(kindId)) drawn.append(parley.svg("text", { class: "glyph-text", y: 3.4, text: parley.initials(name) }));
      return drawn;
    }
    const [size, down] = parley.iconBox(kind.shape, 10.5);
    drawn.append(parley.svg("path", { class: "glyph-icon", d: parley.icon(kind, id), transform: `translate(${-size / 2} ${down - size / 2}) scale(${size / 24})` }));
    return drawn;
  };
})(window.parley);
