/* The bar that tells a story: title, step, text, and buttons to walk; names of what is in focus lead to their cards. */
(function (parley) {
  "use strict";
  const { element, said, button } = parley;
  const bar = parley.byId("story");
  const parts = {};

  /* A text with the names of what is in focus as buttons, each at its first place; `rest` is what has no such button. */
  function linked(text, focus) {
    const names = new Map();
    for (const id of focus) {
      const entity = parley.entities.get(id);
      for (const name of [entity.name, ...(entity.aliases || [])]) if (name.length > 2 && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), id);
    }
    const wanted = [...names.keys()].sort((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const rest = new Set(focus);
    if (!wanted.length) return { words: [said(text)], rest };
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${wanted.join("|")})(?![\\p{L}\\p{N}])`, "giu");
    const words = [];
    let from = 0;
    for (const match of text.matchAll(pattern)) {
      const id = names.get(match[0].toLowerCase());
      if (!rest.delete(id)) continue;
      if (match.index > from) words.push(said(text.slice(from, match.index)));
      words.push(button(said(match[0]), () => parley.select(id), { class: "plain" }));
      from = match.index + match[0].length;
    }
    if (from < text.length) words.push(said(text.slice(from)));
    return { words, rest };
  }
  function chip(id) {
    const entity = parley.entities.get(id);
    return button(element("span", { class: "named" }, parley.glyph(entity.kind, parley.colourOf(id), entity.name), said(entity.name)), () => parley.select(id), { class: "entity" });
  }
  function dots(story, step) {
    return story.steps.map((one, at) => {
      const here = at + 1 === step;
      return element("li", {}, button("", () => parley.tellStory(story.id, at + 1), { "aria-label": `Step ${at + 1}: ${one.title}`, "aria-current": here ? "step" : null, title: one.title }));
    });
  }
  function built() {
    parts.title = element("span", { class: "story-title" });
    parts.count = element("span", { class: "story-count" });
    parts.date = element("span", { class: "story-date" });
    parts.step = element("h2", {});
    parts.text = element("p", { class: "story-text" });
    parts.rest = element("p", { class: "story-rest" });
    parts.dots = element("ol", { class: "story-dots", "aria-label": "Steps" });
    parts.previous = button("‹", () => parley.turnStory(-1), { "aria-label": "Previous step", title: "Previous step (←)" });
    parts.next = button("Next ›", () => parley.turnStory(1), { title: "Next step (→)", class: "story-next" });
    const leave = button("×", leaveStory, { class: "close", "aria-label": "Leave the story", title: "Leave the story (Escape)" });
    bar.replaceChildren(
      element("div", { class: "story-head" }, element("p", { class: "tag" }, parts.title, parts.count), parts.dots, parts.previous, parts.next, leave),
      element("div", { class: "story-body" }, element("div", { class: "story-line" }, parts.step, parts.date), parts.text, parts.rest),
    );
  }
  function leaveStory() {
    parley.leaveStory();
    parley.byId("network").focus();
  }
  const reads = (story, at) => `${at} of ${story.steps.length}`;
  /* Tell the step that is due; `aloud` also in the live region. */
  parley.updateStory = (aloud) => {
    const now = parley.state.story;
    bar.hidden = now === null;
    document.body.toggleAttribute("data-story", now !== null);
    if (now === null) {
      if (aloud) parley.announce("Story left.");
      return;
    }
    const story = parley.stories.get(now.id);
    const step = story.steps[now.step - 1];
    const { words, rest } = linked(step.text, step.focus);
    parts.title.replaceChildren(said(story.title));
    parts.count.textContent = reads(story, now.step);
    parts.step.replaceChildren(said(step.title));
    parts.date.textContent = step.date && `as of ${step.date}`;
    parts.text.replaceChildren(...words);
    /* Who is in the picture can be clicked there; what stands in cards alone is offered here. */
    const cards = [...rest].filter((id) => !parley.nodes.has(id));
    parts.rest.replaceChildren(...cards.map(chip));
    parts.rest.hidden = !cards.length;
    parts.dots.replaceChildren(...dots(story, now.step));
    parts.previous.disabled = now.step === 1;
    parts.next.disabled = now.step === story.steps.length;
    bar.querySelector(".story-body").scrollTop = 0;
    if (bar.contains(document.activeElement) ? document.activeElement.disabled : aloud && now.step === 1) bar.focus();
    if (aloud) parley.announce(`${story.title}, ${reads(story, now.step)}: ${step.title}. ${step.text}`);
  };

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowRight") parley.turnStory(1);
    else if (event.key === "ArrowLeft") parley.turnStory(-1);
    else if (event.key === "Escape") leaveStory();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  function menu() {
    const entries = [...parley.stories.values()].map((story) =>
      button(element("span", {}, said(story.title), element("small", { text: ` ${story.steps.length} steps` })), () => {
        list.open = false;
        parley.tellStory(story.id, 1);
      }, { title: story.text || null }),
    );
    const list = element("details", { id: "stories" }, element("summary", { title: "Be led through the picture, step by step", text: "Stories" }), element("div", {}, ...entries));
    parley.asMenu(list);
    return list;
  }
  parley.startStoryBar = () => {
    built();
    bar.addEventListener("keydown", pressed);
    parley.byId("tools-explore").append(menu());
  };
})(window.parley);
