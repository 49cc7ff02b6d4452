/* Runs a query, shows how long it takes, and ends it: when the request is broken off, the service ends the query too. */
(function (parley) {
  "use strict";
  const { byId } = parley;
  let running = null;
  let ticking = 0;
  const seconds = (from) => ((performance.now() - from) / 1000).toFixed(1);

  function busy(controller, began) {
    running = controller;
    byId("cancel").disabled = !controller;
    byId("run").disabled = byId("explain").disabled = Boolean(controller);
    clearInterval(ticking);
    byId("clock").textContent = controller ? "Running, 0.0 s" : "";
    if (controller) ticking = setInterval(() => { byId("clock").textContent = `Running, ${seconds(began)} s`; }, 100);
  }
  const headers = () => ({ "Content-Type": "application/json", Accept: "application/json", ...parley.keyHeader() });
  async function send(body, signal) {
    const answer = await fetch(`${parley.page.live}/cypher`, { method: "POST", headers: headers(), body, signal, credentials: "omit" });
    return { answer, text: await answer.text() };
  }
  const read = (text) => {
    try {
      return parley.parseExact(text);
    } catch {
      return null;
    }
  };
  function failed(error, began) {
    if (error.name === "AbortError") parley.showFault(parley.plainFault(`Cancelled after ${seconds(began)} s.`, "The service ends the query as well."));
    else parley.showFault(parley.offline());
  }
  function refused(answer, body) {
    const fault = parley.faultOf(answer.status, body, answer.headers.get("Retry-After"));
    if (fault.parameter) parley.tellParameter(fault.parameter, [fault.text, fault.deed].join(" "));
    parley.showFault(fault);
  }
  function take(asked, { answer, text }, began) {
    const body = read(text);
    if (!answer.ok) return refused(answer, body);
    if (asked.explain && body && body.plan) return parley.showPlan(body.plan);
    if (!body || !Array.isArray(body.rows)) return parley.showFault(parley.plainFault("The service answered in a way that cannot be read.", "Load the page anew; perhaps the service was renewed."));
    parley.remember(asked);
    return parley.showAnswer({ text, body, query: asked.query, parameters: asked.parameters }, seconds(began));
  }
  async function ask(explain) {
    const query = parley.editorText();
    const parameters = parley.readParameters();
    if (running || parameters === null) return;
    parley.showFault(query.trim() ? null : parley.plainFault("The editor is empty.", "For example: MATCH (n:Person) RETURN n LIMIT 25"));
    if (!query.trim()) return;
    const [controller, began] = [new AbortController(), performance.now()];
    busy(controller, began);
    parley.announce("Running");
    try {
      const body = `{"query":${JSON.stringify(query)},"parameters":${parameters},"explain":${explain}}`;
      take({ query, parameters, explain }, await send(body, controller.signal), began);
    } catch (error) {
      failed(error, began);
    } finally {
      busy(null, 0);
    }
  }
  /* Begin to run what the editor holds; true, as CodeMirror wants it of a key that was used. */
  parley.run = () => {
    ask(false);
    return true;
  };
  parley.startRunning = () => {
    byId("run").addEventListener("click", parley.run);
    byId("explain").addEventListener("click", () => ask(true));
    byId("cancel").addEventListener("click", () => running && running.abort());
    byId("console").addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      event.preventDefault();
      parley.run();
    });
  };
})(window.parley);
