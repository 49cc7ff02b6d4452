/* Shows an answer: each tab is filled when it is looked at. */
(function (parley) {
  "use strict";
  const { byId, element } = parley;
  const EMPTY = "Press Explain to see how the database would run the query; nothing runs.";
  /* {text: the answer's own bytes as text, body, query, parameters} and the plan, each of the last run. */
  parley.last = null;
  let plan = null;
  const filled = new Set();
  const note = (text) => element("p", { class: "small", text });

  const FILL = {
    table: () => (parley.last.body.rows.length ? [parley.tableOf(parley.last.body)] : [note("No rows: nothing in the graph is so.")]),
    graph: () => {
      const { content, fit } = parley.graphOf(parley.last.body);
      requestAnimationFrame(fit);
      return content;
    },
    json: () => [element("pre", { tabindex: "0", role: "region", "aria-label": "JSON" }, element("code", { text: parley.exactText(parley.last.body, 1) }))],
  };
  function fill(name) {
    if (filled.has(name) || (!parley.last && !plan)) return;
    filled.add(name);
    const content = name === "plan" ? (plan ? parley.planOf(plan) : [note(EMPTY)]) : parley.last ? FILL[name]() : [note("Press Run to see rows.")];
    byId(`as-${name}`).replaceChildren(...content);
  }
  function show(head, cut, tab) {
    filled.clear();
    byId("answer").hidden = false;
    byId("said").textContent = head;
    byId("cut").hidden = !cut;
    byId("cut").textContent = cut;
    for (const id of ["save-csv", "save-json"]) byId(id).hidden = !parley.last;
    parley.choose(tab);
    parley.announce(`${head}. ${cut}`);
  }
  parley.showAnswer = (answer, seconds) => {
    parley.last = answer;
    plan = null;
    const count = answer.body.rows.length;
    const cut = answer.body.truncated ? "Cut at the limit of an answer: there is more than these rows. Add LIMIT and SKIP, or ask for less." : "";
    show(`${count.toLocaleString("en")} ${count === 1 ? "row" : "rows"} in ${seconds} s`, cut, parley.chosenTab() === "plan" ? "table" : parley.chosenTab());
  };
  parley.showPlan = (found) => {
    plan = found;
    parley.last = null;
    show("Plan", "", "plan");
  };
  parley.startAnswer = () => parley.onTab(fill);
})(window.parley);
