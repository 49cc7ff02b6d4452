/* Menus that open from a button: a click elsewhere or Escape closes them. */
(function (parley) {
  "use strict";
  parley.asMenu = (menu) => {
    document.addEventListener("pointerdown", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
      event.stopPropagation();
    });
  };
})(window.parley);
