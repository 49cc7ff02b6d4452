/* Boxes kept by the cells that they touch, so that a box is compared only with those near it, however many there are. */
(function (parley) {
  "use strict";
  const SPAN = 65536;
  parley.crowd = (cell) => {
    const cells = new Map();
    const keys = (box) => {
      const found = [];
      for (let x = Math.floor(box.left / cell); x <= Math.floor(box.right / cell); x += 1) {
        for (let y = Math.floor(box.top / cell); y <= Math.floor(box.bottom / cell); y += 1) found.push(x * SPAN + y);
      }
      return found;
    };
    return {
      add: (box, owner) => {
        for (const key of keys(box)) {
          if (!cells.has(key)) cells.set(key, []);
          cells.get(key).push({ box, owner });
        }
      },
      /* Whether a box lies on one whose owner counts. */
      hits: (box, counts) => keys(box).some((key) => (cells.get(key) || []).some((one) => parley.overlap(box, one.box) && (!counts || counts(one.owner)))),
    };
  };
})(window.parley);
