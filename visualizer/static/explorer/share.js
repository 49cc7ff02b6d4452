/* Hands on what is shown: a link that holds the whole state, and the code that frames it in another page. */
(function (parley) {
  "use strict";
  const menu = parley.byId("share");
  /* Without allow-same-origin the frame has no origin of its own: it reaches neither our service nor the page around it. */
  const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox";
  const state = () => (parley.fragment() ? `#${parley.fragment()}` : "");

  parley.linkOf = () => location.href.split("#")[0] + state();
  const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  /* Where the picture of this page stands without its head, for a frame; empty for a page that has none. */
  function embedPath() {
    if (!parley.page.live) return "";
    const [, question] = /^\/queries\/([^/]+)\.html$/.exec(location.pathname) || [];
    if (question) return `/embed/queries/${question}`;
    if (/^\/entities\/[^/]+$/.test(location.pathname)) return `/embed${location.pathname}`;
    return ["/", "/api/v1/graph.html"].includes(location.pathname) ? "/embed" : "";
  }
  parley.embedCode = () =>
    `<iframe src="${quoted(`${location.origin}${embedPath()}${location.search}${state()}`)}" title="${quoted(document.title)}" width="100%" height="600" style="border:0" ` +
    `sandbox="${SANDBOX}" referrerpolicy="no-referrer" loading="lazy"></iframe>`;

  /* The text in a field of its own, selected, for a clipboard that is refused. */
  function offer(text) {
    const field = parley.byId("share-text");
    field.hidden = false;
    field.value = text;
    field.focus();
    field.select();
    tell("The browser does not let this page copy: press Ctrl+C, on a Mac ⌘C.");
  }
  function tell(text) {
    parley.byId("share-said").textContent = text;
    parley.announce(text);
  }
  async function copy(text, said) {
    parley.byId("share-text").hidden = true;
    try {
      await navigator.clipboard.writeText(text);
      tell(said);
    } catch {
      offer(text);
    }
  }
  /* Why there is no embed code, or where it works. */
  function reach() {
    if (!parley.page.live) return "Embed code needs the service: parley serve.";
    if (!embedPath()) return "This address has no picture for a frame: open the explorer's first page.";
    return `The embedded picture shows wherever ${location.origin} can be reached.`;
  }
  const where = () => (location.protocol === "file:" ? "The link works only where this file is: mail the file along with it." : "");

  function startMenu() {
    parley.byId("share-embed").disabled = !embedPath();
    parley.byId("share-hint").textContent = [where(), reach()].filter(Boolean).join(" ");
    parley.byId("share-link").addEventListener("click", () => copy(parley.linkOf(), "Link copied: it holds the whole state of the picture."));
    parley.byId("share-embed").addEventListener("click", () => copy(parley.embedCode(), "Embed code copied."));
    menu.addEventListener("toggle", () => {
      parley.byId("share-text").hidden = true;
      parley.byId("share-said").textContent = "";
    });
    parley.asMenu(menu);
  }
  /* In a frame: the way to the same picture in a tab of its own. */
  function startCredit() {
    const credit = parley.byId("credit");
    if (!credit || !parley.page.home) return;
    const link = parley.element("a", { id: "home", target: "_blank", rel: "noopener", text: "Open in Parley" });
    const follow = () => link.setAttribute("href", parley.page.home + location.search + state());
    follow();
    parley.onChange(follow);
    credit.append(link);
  }
  parley.startShare = () => {
    startMenu();
    startCredit();
  };
})(window.parley);
