/* Dark and light: the system's wish, unless the reader chose. */
(function (parley) {
  "use strict";
  const wish = window.matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (parley.state.theme ? parley.state.theme === "dark" : wish.matches);
  parley.applyTheme = () => {
    const root = document.documentElement;
    if (parley.state.theme) root.dataset.theme = parley.state.theme;
    else delete root.dataset.theme;
    parley.byId("theme").setAttribute("aria-pressed", String(isDark()));
    parley.forgetColours();
  };
  parley.startTheme = () => {
    parley.byId("theme").addEventListener("click", () => {
      parley.state.theme = isDark() ? "light" : "dark";
      parley.changed("theme");
    });
    wish.addEventListener("change", () => parley.changed("theme"));
  };
})(window.parley);
