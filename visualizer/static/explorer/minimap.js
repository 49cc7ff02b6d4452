/* A small picture of the whole in the corner, over many nodes: the frame is what the window shows, a click or a drag moves it. */
(function (parley) {
  "use strict";
  const MOST = 150;
  const WIDTH = 188;
  const HEIGHT = 124;
  const EDGE = 8;
  let canvas = null;
  let wanted = null;
  let dots = null;

  /* From points of the picture to pixels of the small one. */
  function mapping(nodes) {
    const xs = nodes.map((node) => node.at.x);
    const ys = nodes.map((node) => node.at.y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const scale = Math.min((WIDTH - 2 * EDGE) / Math.max(1, right - left), (HEIGHT - 2 * EDGE) / Math.max(1, bottom - top));
    return { scale, x: WIDTH / 2 - ((left + right) / 2) * scale, y: HEIGHT / 2 - ((top + bottom) / 2) * scale };
  }
  /* What the stage shows, in points of the picture. */
  function view() {
    const stage = parley.byId("stage");
    const scale = parley.scale();
    const origin = parley.onStage({ x: 0, y: 0 });
    return { left: -origin.x / scale, top: -origin.y / scale, width: stage.clientWidth / scale, height: stage.clientHeight / scale };
  }
  function draw() {
    const nodes = parley.visibleNodes();
    canvas.hidden = nodes.length <= MOST || parley.isNarrow() || parley.isTable();
    if (canvas.hidden) return;
    wanted = mapping(nodes);
    const context = cleared(dots);
    for (const node of nodes) {
      context.fillStyle = parley.colour(node.colour);
      context.fillRect(node.at.x * wanted.scale + wanted.x - 1.25, node.at.y * wanted.scale + wanted.y - 1.25, 2.5, 2.5);
    }
    parley.frameMinimap();
  }
  function cleared(one) {
    const context = one.getContext("2d");
    const ratio = one.width / WIDTH;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, WIDTH, HEIGHT);
    return context;
  }
  /* The frame alone: the dots stay where they are while the camera moves. */
  parley.frameMinimap = () => {
    if (canvas.hidden) return;
    const context = cleared(canvas);
    context.drawImage(dots, 0, 0, WIDTH, HEIGHT);
    const part = view();
    const box = [part.left * wanted.scale + wanted.x, part.top * wanted.scale + wanted.y, part.width * wanted.scale, part.height * wanted.scale];
    context.fillStyle = context.strokeStyle = parley.colour("accent");
    context.globalAlpha = 0.12;
    context.fillRect(...box);
    context.globalAlpha = 1;
    context.lineWidth = 1.5;
    context.strokeRect(...box);
  };
  /* A drag of the picture that comes over the small one is none of it. */
  function go(event) {
    if (!canvas.hasPointerCapture(event.pointerId) || event.buttons !== 1 || wanted === null) return;
    const at = canvas.getBoundingClientRect();
    const point = { x: (event.clientX - at.left - wanted.x) / wanted.scale, y: (event.clientY - at.top - wanted.y) / wanted.scale };
    parley.look(point, parley.scale(), false);
    parley.carry("dragging");
    event.preventDefault();
  }
  parley.startMinimap = () => {
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    canvas = parley.element("canvas", { id: "minimap", width: WIDTH * ratio, height: HEIGHT * ratio, "aria-hidden": "true", hidden: true });
    dots = parley.element("canvas", { width: canvas.width, height: canvas.height });
    parley.byId("stage").append(canvas);
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      go(event);
    });
    canvas.addEventListener("pointermove", go);
    parley.onPicture("afterDrawing", draw);
  };
})(window.parley);
