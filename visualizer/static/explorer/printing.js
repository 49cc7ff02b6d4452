/* On paper the picture is light and whole, however it stands on the screen. */
(function (parley) {
  "use strict";
  const root = document.documentElement;
  let kept = null;
  function prepare() {
    if (kept !== null) return;
    kept = root.dataset.theme || "";
    root.dataset.theme = "light";
    root.dataset.print = "yes";
    parley.forgetColours();
    parley.refresh();
    parley.fit(false, true);
  }
  function restore() {
    if (kept === null) return;
    kept = null;
    delete root.dataset.print;
    parley.applyTheme();
    parley.refresh();
    parley.fit(false);
    parley.reveal(false);
  }
  window.addEventListener("beforeprint", prepare);
  window.addEventListener("afterprint", restore);
  parley.byId("print").addEventListener("click", () => window.print());
})(window.parley);
