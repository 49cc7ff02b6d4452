/* The editor: CodeMirror in a shadow tree, where its style sheets are constructed ones, which the page's policy need not let in. */
(function (parley) {
  "use strict";
  const { EditorView, EditorState, EditorSelection, HighlightStyle, StreamLanguage, tags } = window.codemirror;
  const EXAMPLE = "MATCH (person:Person)-[r:TOOK_PART_IN]->(event:Event)\nRETURN person, r, event\nLIMIT 25";
  const MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace';
  const listeners = [];
  let view = null;
  parley.onEdit = (listener) => listeners.push(listener);

  const theme = EditorView.theme({
    "&": { color: "var(--ink)", backgroundColor: "var(--panel)", border: "1px solid var(--field)", borderRadius: "12px", fontSize: "14px" },
    "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "2px" },
    ".cm-scroller": { fontFamily: MONO, lineHeight: "1.55", minHeight: "190px", maxHeight: "46vh", overflow: "auto", borderRadius: "12px" },
    ".cm-content": { caretColor: "var(--ink)", padding: "12px 0" },
    ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
    ".cm-gutters": { backgroundColor: "var(--panel)", color: "var(--muted)", border: "none" },
    ".cm-placeholder": { color: "var(--muted)" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--accent) 26%, transparent)" },
    ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--field)" },
    ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--fault) 1.5px", textUnderlineOffset: "3px" },
    ".cm-lintPoint:after": { borderBottomColor: "var(--fault)" },
    ".cm-tooltip": { backgroundColor: "var(--panel)", color: "var(--ink)", border: "1px solid var(--field)", borderRadius: "8px", maxWidth: "min(420px, 92vw)", whiteSpace: "pre-wrap" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: MONO, maxWidth: "min(520px, 88vw)" },
    ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--panel)" },
    ".cm-completionDetail": { color: "inherit", opacity: "0.85", fontStyle: "normal" },
    ".cm-diagnostic-error": { borderLeft: "4px solid var(--fault)" },
  });
  const colours = HighlightStyle.define([
    { tag: tags.keyword, color: "var(--code-word)", fontWeight: "600" },
    { tag: [tags.standard(tags.variableName), tags.definition(tags.variableName)], color: "var(--code-word)" },
    { tag: tags.string, color: "var(--code-text)" },
    { tag: [tags.number, tags.special(tags.variableName)], color: "var(--code-number)" },
    { tag: [tags.atom, tags.special(tags.string)], color: "var(--code-name)" },
    { tag: tags.comment, color: "var(--muted)", fontStyle: "italic" },
  ]);
  const CYPHER = window.codemirror.cypher;
  /* The mode does not know block comments, parameters, names in back-ticks, escapes in strings and numbers. */
  const EXTRA = [[/^\$(?:\w+|`[^`]*`?)/, "variableName.special"], [/^`(?:[^`]|``)*`?/, "string.special"], [/^'(?:[^'\\]|\\.)*'?|^"(?:[^"\\]|\\.)*"?/, "string"], [/^\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?\b/, "number"]];
  const mode = {
    ...CYPHER,
    startState: () => ({ ...CYPHER.startState(), inComment: false }),
    token(stream, state) {
      if (state.inComment || stream.match(/^\/\*/)) {
        state.inComment = !stream.match(/^.*?\*\//);
        if (state.inComment) stream.skipToEnd();
        return "comment";
      }
      for (const [pattern, name] of EXTRA) if (stream.match(pattern)) return name;
      const name = CYPHER.token(stream, state);
      return name === "builtin" && stream.peek() !== "(" ? "variable" : name;
    },
    languageData: { commentTokens: { line: "//", block: { open: "/*", close: "*/" } } },
  };
  function complete(context) {
    const found = parley.suggest(context.state.sliceDoc(0, context.pos), context.state.sliceDoc(context.pos), context.explicit);
    return found && found.options.length ? { ...found, validFor: /^[\p{L}\p{N}_]*$/u } : null;
  }
  const keys = [{ key: "Ctrl-Enter", run: () => parley.run() }, { key: "Mod-Enter", run: () => parley.run() }];

  parley.startEditor = () => {
    const { keymap, lineNumbers, placeholder, minimalSetup, bracketMatching, closeBrackets, closeBracketsKeymap, autocompletion, completionKeymap, syntaxHighlighting } = window.codemirror;
    const root = parley.byId("editor").attachShadow({ mode: "open" });
    const extensions = [
      keymap.of([...keys, ...completionKeymap, ...closeBracketsKeymap]),
      minimalSetup,
      lineNumbers(),
      bracketMatching(),
      closeBrackets(),
      autocompletion({ override: [complete], icons: false, maxRenderedOptions: 200 }),
      StreamLanguage.define(mode),
      syntaxHighlighting(colours),
      placeholder(EXAMPLE),
      theme,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": "Cypher query. Control Enter runs it; Escape, then Tab leaves the editor.", spellcheck: "false", autocapitalize: "off", autocorrect: "off" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) for (const listener of listeners) listener();
      }),
    ];
    view = new EditorView({ root, parent: root, state: EditorState.create({ doc: "", extensions }) });
    parley.view = view;
  };
  parley.editorText = () => view.state.doc.toString();
  parley.setText = (text) => {
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: EditorSelection.cursor(0) });
  };
  /* The offset of a place given by line and column, counted from 1, columns in characters. */
  function offset(line, column) {
    const found = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
    return found.from + [...found.text].slice(0, Math.max(column - 1, 0)).join("").length;
  }
  parley.goTo = (line, column) => {
    view.focus();
    view.dispatch({ selection: EditorSelection.cursor(offset(line, column)), scrollIntoView: true });
  };
  /* Underline the word at which a query was refused; nothing for null. */
  parley.markFault = (fault) => {
    if (!view) return;
    const marks = [];
    if (fault) {
      const end = view.state.doc.length;
      const from = Math.min(offset(fault.line, fault.column), Math.max(end - 1, 0));
      const word = /^(?:[\p{L}\p{N}_$]+|[\s\S])/u.exec(view.state.sliceDoc(from, from + 200));
      marks.push({ from, to: Math.min(from + (word ? word[0].length : 1), end), severity: "error", source: fault.rule, message: [fault.text, fault.deed].filter(Boolean).join(" ") });
    }
    view.dispatch(window.codemirror.setDiagnostics(view.state, marks));
  };
  parley.focusEditor = () => view.focus();
})(window.parley);
