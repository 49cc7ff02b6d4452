/* The whole picture as one SVG, drawn anew from what is visible; a PNG is made of it. */
(function (parley) {
  "use strict";
  const { svg, colour } = parley;
  const MARGIN = 24;
  /* No browser makes a larger canvas: https://developer.mozilla.org/docs/Web/HTML/Element/canvas#maximum_canvas_size */
  const LONGEST = 16384;
  const LARGEST = 16384 * 8192;
  parley.PNG_FACTOR = 2;
  const byId = (a, b) => (a.id < b.id ? -1 : 1);
  const short = (value) => Math.round(value * 100) / 100;

  function extent(nodes, lines) {
    const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    const grow = (other) => {
      box.left = Math.min(box.left, other.left);
      box.right = Math.max(box.right, other.right);
      box.top = Math.min(box.top, other.top);
      box.bottom = Math.max(box.bottom, other.bottom);
    };
    for (const node of nodes) grow(parley.boxAt(node, node.at.x, node.at.y));
    for (const line of lines) {
      for (const point of [0.25, 0.5, 0.75].map((t) => parley.pointOn(line, t))) grow({ left: point.x, right: point.x, top: point.y, bottom: point.y });
    }
    return nodes.length ? box : { left: 0, right: 0, top: 0, bottom: 0 };
  }
  function drawnTies(active) {
    const ties = parley.countGroups();
    const most = ties.reduce((sum, tie) => Math.max(sum, tie.count), 1);
    return ties.map((tie) => parley.drawnTie(tie, active, most));
  }
  function layers(nodes, lines) {
    const active = parley.active();
    const stands = nodes.filter((node) => active === null || active.has(node.id));
    const words = active === null ? { drawn: null, boxes: [] } : parley.drawnWords(lines.filter(parley.isLineActive), stands);
    return [
      svg("g", {}, ...drawnTies(active), ...lines.map((line) => parley.drawnLine(line, active))),
      svg("g", {}, ...nodes.map((node) => parley.drawnGlyph(node, active))),
      parley.drawnLabels(nodes, active, words.boxes),
      words.drawn,
    ];
  }
  /* All that is visible, however the camera stands, in units of the picture; key and caption below it. */
  parley.drawnPicture = () => {
    const nodes = [...parley.visibleGroups(), ...parley.visibleNodes()].sort(byId);
    const lines = parley.visibleLines().filter(parley.isLineDrawn).sort(byId);
    const box = extent(nodes, lines);
    const foot = parley.drawnFoot(nodes, lines, Math.max(box.right - box.left, 420));
    const width = Math.ceil(Math.max(box.right - box.left, foot.width) + 2 * MARGIN);
    const height = Math.ceil(box.bottom - box.top + foot.height + 3 * MARGIN);
    const [left, top] = [short((box.left + box.right - width) / 2), short(box.top - MARGIN)];
    foot.drawn.setAttribute("transform", `translate(${left + MARGIN} ${short(box.bottom + MARGIN)})`);
    const root = svg(
      "svg",
      { width, height, viewBox: `${left} ${top} ${width} ${height}`, role: "img", "font-family": parley.label.font.replaceAll('"', "'") },
      svg("title", { text: document.title }),
      svg("desc", { text: foot.caption }),
      svg("rect", { x: left, y: top, width, height, fill: colour("ground") }),
      ...layers(nodes, lines),
      foot.drawn,
    );
    return { root, width, height };
  };
  /* A file of its own, without the characters that XML cannot hold. */
  parley.asSvg = ({ root }) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root).toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")}\n`;
  /* The same as pixels, twice as large unless the browser cannot; gives {blob, factor}. */
  parley.asPng = async ({ root, width, height }) => {
    const factor = Math.min(parley.PNG_FACTOR, LONGEST / Math.max(width, height), Math.sqrt(LARGEST / (width * height)));
    const image = Object.assign(new Image(), { src: `data:image/svg+xml,${encodeURIComponent(parley.asSvg({ root }))}` });
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.floor(width * factor), height: Math.floor(height * factor) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    if (blob === null) throw new Error("the canvas gave nothing");
    return { blob, factor };
  };
})(window.parley);
