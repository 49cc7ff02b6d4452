/* The history of queries that ran, kept in this browser; for this visit only where the browser keeps nothing. */
(function (parley) {
  "use strict";
  const { byId } = parley;
  const NAME = "parley-cypher-history";
  const MOST = 50;
  const MOST_LETTERS = 20000;
  let isKept = true;
  let past = [];

  const isOne = (one) => one !== null && typeof one === "object" && typeof one.query === "string" && typeof one.parameters === "string";
  function read() {
    try {
      const found = JSON.parse(localStorage.getItem(NAME) || "[]");
      past = Array.isArray(found) ? found.filter(isOne).slice(0, MOST) : [];
    } catch (error) {
      isKept = error instanceof SyntaxError;
      past = [];
    }
  }
  function write() {
    try {
      if (past.length) localStorage.setItem(NAME, JSON.stringify(past));
      else localStorage.removeItem(NAME);
    } catch {
      isKept = false;
    }
  }
  function draw() {
    byId("past-note").textContent = `${past.length ? `The last ${past.length} that ran, at most ${MOST}.` : "Nothing has run yet."} ${isKept ? "Kept in this browser only." : "The browser keeps nothing for this page: gone when you leave."}`;
    byId("past-clear").hidden = !past.length;
    byId("past-list").replaceChildren(...past.map((one) => {
      const shown = parley.readable(one.query.replace(/\s+/g, " ").trim());
      return parley.element("li", {}, parley.button(shown.length > 140 ? `${shown.slice(0, 139)}…` : shown, () => {
        parley.fill(one.query, parley.textsOf(one.parameters));
        parley.focusEditor();
      }));
    }));
  }
  parley.remember = ({ query, parameters }) => {
    if (query.length + parameters.length > MOST_LETTERS) return;
    past = [{ query, parameters }, ...past.filter((one) => one.query !== query || one.parameters !== parameters)].slice(0, MOST);
    write();
    draw();
  };
  parley.startPast = () => {
    read();
    draw();
    byId("past-clear").addEventListener("click", () => {
      past = [];
      write();
      draw();
      parley.announce("The history is empty.");
    });
  };
})(window.parley);
