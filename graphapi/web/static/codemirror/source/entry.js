/* What the console needs of CodeMirror, by the names that it uses. */
export { EditorView, minimalSetup } from "codemirror";
export { EditorState, EditorSelection } from "@codemirror/state";
export { keymap, lineNumbers, placeholder } from "@codemirror/view";
export { StreamLanguage, HighlightStyle, syntaxHighlighting, bracketMatching } from "@codemirror/language";
export { cypher } from "@codemirror/legacy-modes/mode/cypher";
export { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, startCompletion, snippetCompletion } from "@codemirror/autocomplete";
export { setDiagnostics } from "@codemirror/lint";
export { tags } from "@lezer/highlight";
