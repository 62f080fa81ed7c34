// What static/editor/ takes from CodeMirror: build.mjs bundles these names into codemirror.js, and
// tsc reads their types here.

export {
  acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap,
  completionStatus, moveCompletionSelection,
} from "@codemirror/autocomplete";
export {
  defaultKeymap, history, historyKeymap, indentLess, indentMore, insertTab, redo,
} from "@codemirror/commands";
export { pythonLanguage } from "@codemirror/lang-python";
export {
  bracketMatching, indentOnInput, indentUnit, LanguageSupport, syntaxHighlighting, syntaxTree,
} from "@codemirror/language";
export { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
export {
  Compartment, EditorState, Prec, RangeSet, StateEffect, StateField, Transaction,
} from "@codemirror/state";
export {
  Decoration, EditorView, GutterMarker, gutterLineClass, keymap, lineNumbers, MatchDecorator,
  ViewPlugin, WidgetType,
} from "@codemirror/view";
export { tagHighlighter, tags } from "@lezer/highlight";
