/* Sets the console going. */
(function (parley) {
  "use strict";
  const { byId, element } = parley;
  function openQuestion(opened) {
    const texts = Object.fromEntries(Object.entries(opened.parameters).map(([name, value]) => [name, parley.exactText(value)]));
    parley.fill(opened.text, texts);
    byId("file-title").value = opened.title;
    byId("file-description").value = opened.description;
    byId("opened").replaceChildren(element("p", { class: "refused told" }, "From the catalogue: ", element("a", { href: `/queries/${encodeURIComponent(opened.name)}`, text: opened.title }), ". Nothing has run yet. Dates are parameters with earliest and latest, where null leaves nothing out. As it stands everybody may run it; changed, it is checked like any other query."));
    byId("opened").hidden = false;
  }
  byId("console").hidden = false;
  parley.startEditor();
  parley.startTabs();
  parley.startAnswer();
  parley.startParameters();
  parley.startRunning();
  parley.startPast();
  parley.startKey();
  parley.startFragment();
  parley.startDownloads();
  if (!parley.readLink() && parley.page.opened) openQuestion(parley.page.opened);
  parley.learnWords();
  document.body.dataset.ready = "yes";
})(window.parley);
