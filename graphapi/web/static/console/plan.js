/* The plan of a query as a list in lists: each operator above those whose rows it takes. */
(function (parley) {
  "use strict";
  const { element } = parley;
  const step = (plan) => element("li", {}, element("strong", { text: parley.readable(String(plan.operator)) }), " ", element("code", { text: parley.readable(String(plan.details || "")) }), plan.children.length ? element("ul", {}, ...plan.children.map(step)) : null);
  const count = (plan) => 1 + plan.children.reduce((sum, child) => sum + count(child), 0);

  parley.planOf = (plan) => [element("p", { class: "small", text: `${count(plan)} operators; rows flow from the innermost upwards. Nothing was run.` }), element("ul", { class: "plan", "aria-label": "Plan" }, step(plan))];
})(window.parley);
