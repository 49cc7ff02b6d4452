/* The sheet of keys. */
(function (parley) {
  "use strict";
  const { element } = parley;
  const KEYS = [
    ["Find", [["/", "search names and aliases"], ["Arrows, Enter", "choose among what was found"]]],
    [
      "Walk",
      [
        ["Arrows", "along relationships, to the nearest in that direction"],
        ["Shift + arrows", "to the nearest by place"],
        ["Enter", "into the open card"],
        ["Escape", "leave the search, the path, the card, the story"],
      ],
    ],
    ...(parley.stories.size ? [["In the story", [["← →", "the step before, the step after"]]]] : []),
    ["With the selected entity", parley.deeds.map(([name, key, words]) => [key, `${name.replace("…", "")}: ${words.toLowerCase()}`])],
    [
      "The picture",
      [
        ["Double click", "expand"],
        ["Drag", "move and pin"],
        ["Ctrl + Z", "undo"],
        ["Ctrl + Shift + Z", "do again"],
        ["[  ]", "the round before, the round after"],
        ["+  −  F", "zoom in, out, fit"],
        ["?", "this sheet"],
      ],
    ],
  ];
  const rows = (keys) => keys.map(([key, words]) => element("div", {}, element("dt", {}, element("kbd", { text: key })), element("dd", { text: words })));
  const sheet = element(
    "dialog",
    { id: "help", "aria-labelledby": "help-title" },
    element("h2", { id: "help-title", text: "Keys" }),
    parley.button("×", () => sheet.close(), { class: "close", "aria-label": "Close the keys" }),
    ...KEYS.map(([title, keys]) => element("section", {}, element("h3", { text: title }), element("dl", {}, ...rows(keys)))),
  );
  parley.showHelp = () => {
    if (!sheet.isConnected) document.body.append(sheet);
    if (!sheet.open) sheet.showModal();
  };
})(window.parley);
