/* Tabs of the answer: one at a time, arrow keys go from one to the next. */
(function (parley) {
  "use strict";
  const TABS = [["table", "Table"], ["graph", "Graph"], ["json", "JSON"], ["plan", "Plan"]];
  const buttons = new Map();
  const listeners = [];
  let chosen = "table";

  parley.chosenTab = () => chosen;
  parley.onTab = (listener) => listeners.push(listener);
  parley.choose = (name) => {
    chosen = name;
    for (const [id] of TABS) {
      const isChosen = id === name;
      buttons.get(id).setAttribute("aria-selected", String(isChosen));
      buttons.get(id).tabIndex = isChosen ? 0 : -1;
      parley.byId(`as-${id}`).hidden = !isChosen;
    }
    for (const listener of listeners) listener(name);
  };
  function move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const names = TABS.map(([name]) => name);
    const to = event.key === "Home" ? 0 : event.key === "End" ? names.length - 1 : step ? (names.indexOf(chosen) + step + names.length) % names.length : -1;
    if (to < 0) return;
    event.preventDefault();
    parley.choose(names[to]);
    buttons.get(names[to]).focus();
  }
  parley.startTabs = () => {
    const list = document.querySelector("[role=tablist]");
    for (const [name, words] of TABS) {
      const button = parley.button(words, () => parley.choose(name), { role: "tab", id: `tab-${name}`, "aria-controls": `as-${name}` });
      buttons.set(name, button);
      list.append(button);
      parley.byId(`as-${name}`).setAttribute("aria-labelledby", `tab-${name}`);
    }
    list.addEventListener("keydown", move);
    parley.choose(chosen);
  };
})(window.parley);
