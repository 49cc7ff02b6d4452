/* Links: query and parameters stand behind the # of the address, which no server sees. Opening one fills the editor and waits. */
(function (parley) {
  "use strict";
  const { byId } = parley;

  /* JSON texts of an object's values by name; a text that is no such object counts as empty. */
  parley.textsOf = (json) => {
    try {
      const found = parley.parseExact(json);
      return Object.fromEntries(Object.entries(found || {}).map(([name, value]) => [name, parley.exactText(value)]));
    } catch {
      return {};
    }
  };
  const parametersText = () => {
    const parts = Object.entries(parley.parameterTexts()).filter(([, text]) => Object.keys(parley.textsOf(`{"a":${text}}`)).length === 1);
    return `{${parts.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(",")}}`;
  };
  parley.linkOf = () => {
    const address = new URL(location.pathname, location.href);
    const parameters = parametersText();
    address.hash = new URLSearchParams({ query: parley.editorText(), ...(parameters === "{}" ? {} : { parameters }) }).toString();
    return address.href;
  };
  /* Fill the editor with what a link holds; false when it holds no query. */
  parley.readLink = () => {
    const held = new URLSearchParams(location.hash.slice(1));
    if (!held.get("query")) return false;
    parley.fill(held.get("query"), parley.textsOf(held.get("parameters") || "{}"));
    parley.announce("The link filled the editor. Nothing was run.");
    return true;
  };
  parley.fill = (query, parameters) => {
    parley.showFault(null);
    parley.setText(query);
    parley.setParameters(parameters);
  };
  async function copy() {
    const address = parley.linkOf();
    history.replaceState(null, "", address);
    const shown = byId("link-text");
    shown.value = address;
    shown.hidden = false;
    try {
      await navigator.clipboard.writeText(address);
      parley.announce("The link was copied.");
      byId("link").textContent = "Copied";
    } catch {
      shown.focus();
      shown.select();
      parley.announce("The browser does not let the page copy: the link is chosen, copy it with Ctrl-C.");
    }
  }
  parley.startFragment = () => {
    byId("link").addEventListener("click", copy);
    parley.onEdit(() => { byId("link").textContent = "Copy a link"; });
    window.addEventListener("hashchange", parley.readLink);
  };
})(window.parley);
