/* Leaves out questions as one types; without this script the form asks the server. */
(function (parley) {
  "use strict";
  const field = parley.byId("wanted");
  const cards = [...document.querySelectorAll("[data-words]")].map((card) => ({ card, words: parley.plain(card.dataset.words) }));
  const groups = [...document.querySelectorAll(".group")];

  function filter() {
    const words = parley.plain(field.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const one of cards) {
      one.card.hidden = !words.every((word) => one.words.includes(word));
      count += one.card.hidden ? 0 : 1;
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-words]:not([hidden])");
    parley.announce(`${count} ${count === 1 ? "question" : "questions"}${words.length ? ` with “${field.value.trim()}”` : ""}`);
    history.replaceState(null, "", words.length ? `/queries?${new URLSearchParams({ q: field.value.trim() })}` : "/queries");
  }

  /* A page that the server has filtered already holds too few questions to search among all. */
  if (new URLSearchParams(location.search).get("q")) return;
  parley.byId("find").hidden = true;
  field.form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", filter);
  if (field.value) filter();
})(window.parley);
