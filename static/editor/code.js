// The program's text in CodeMirror, which brings the keys, the undo history, search and completion
// that people know from other editors.

import { around } from "../elements.js";
import { python } from "../frame.js";
import { complete } from "./completing.js";
import { buildResults } from "./results.js";

const LONG_ENOUGH = 10 * 60_000; // ms after Escape in which Tab leaves: as long as anybody needs

/**
 * @typedef {Object} On
 * @property {() => void} change
 * @property {() => void} run
 * @property {(line: number) => void} choose
 */

/**
 * @param {typeof import("../vendor/codemirror.js")} cm
 * @param {import("../life.js").Root} root
 * @param {{ label: string, phrases: Record<string, string> }} words
 * @param {On} on
 * @param {string} text  to begin with
 */
export function buildCode(cm, root, words, on, text) {
  const { EditorState, EditorView, keymap, Prec, Compartment } = cm;
  const results = buildResults(cm);
  const spoken = new Compartment(); // in the page's language, which may change

  /** @param {{ label: string, phrases: Record<string, string> }} words */
  const speak = ({ label, phrases }) => [
    EditorState.phrases.of(phrases),
    EditorView.contentAttributes.of({ "aria-label": label, "tabindex": "0" }),
  ];
  const choose = (view, position) => {
    on.choose(view.state.doc.lineAt(position).number);
    return true;
  };
  const tab = (view) => completeNow(cm, view) || indentHere(cm, view);
  const leave = (view) => {
    view.setTabFocusMode(LONG_ENOUGH);
    return false;
  };

  const view = new EditorView({
    root: root instanceof ShadowRoot ? root : document,
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(keymap.of([
          { key: "Mod-Enter", run: () => (on.run(), true) },
          { key: "Alt-Enter", run: (view) => choose(view, view.state.selection.main.head) },
          { key: "Tab", run: tab, shift: cm.indentLess },
          { key: "Escape", run: leave },
        ])),
        cm.lineNumbers({ domEventHandlers: { click: (view, { from }) => choose(view, from) } }),
        cm.history(),
        cm.indentUnit.of("    "),
        EditorState.tabSize.of(4),
        EditorView.lineWrapping,
        new cm.LanguageSupport(cm.pythonLanguage),
        colours(cm),
        cm.indentOnInput(),
        cm.bracketMatching(),
        cm.closeBrackets(),
        // Enter stays a new line until a word of the list has been chosen by arrow key or by Tab.
        cm.autocompletion({ override: [offer], selectOnOpen: false, interactionDelay: 0, icons: false, maxRenderedOptions: 60 }),
        cm.search({ top: true }),
        cm.highlightSelectionMatches(),
        keymap.of([
          ...cm.closeBracketsKeymap, ...cm.completionKeymap, ...cm.searchKeymap, ...cm.historyKeymap, ...cm.defaultKeymap,
        ]),
        results.field,
        EditorView.domEventHandlers({
          click: (event, view) => Boolean(around(event, ".told.alarm, .told.fact")) && choose(view, view.posAtDOM(/** @type {Node} */ (event.target))),
        }),
        spoken.of(speak(words)),
        EditorView.updateListener.of((update) => update.docChanged && on.change()),
      ],
    }),
  });

  return {
    node: view.dom,
    text: () => view.state.doc.toString(),
    /** @param {string} text  a step of its own in the undo history */
    put(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } });
    },
    /** @param {{ label: string, phrases: Record<string, string> }} words */
    speak: (words) => view.dispatch({ effects: spoken.reconfigure(speak(words)) }),
    /** @param {import("./results.js").Results} shown */
    show: (shown) => view.dispatch({ effects: results.arrive.of(shown) }),
    /** @param {number} number  of a line that is to be seen; the page itself stays where it is */
    reveal(number) {
      if (number > view.state.doc.lines) return;
      const { top, bottom } = view.lineBlockAt(view.state.doc.line(number).from);
      const { scrollTop, clientHeight } = view.scrollDOM;
      if (top < scrollTop || bottom > scrollTop + clientHeight) view.scrollDOM.scrollTop = top - clientHeight / 3;
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

/** @param {import("@codemirror/autocomplete").CompletionContext} context */
function offer(context) {
  const text = context.state.doc.toString();
  const found = complete(text.slice(0, context.pos), text);
  if (!found || !found.options.length) return null;
  const written = context.pos - found.from;
  const after = text[found.from - 1];
  if (!context.explicit && after !== "." && written < 2) return null;
  return { from: found.from, options: found.options.map((label) => ({ label })), validFor: /^\w*$/ };
}

function completeNow(cm, view) {
  if (cm.completionStatus(view.state) !== "active") return false;
  return cm.acceptCompletion(view) || (cm.moveCompletionSelection(true)(view) && cm.acceptCompletion(view));
}

// As far as the next stop, or, of lines that are selected, all of them.
function indentHere(cm, view) {
  const { main } = view.state.selection;
  if (!main.empty) return cm.indentMore(view);
  const column = main.head - view.state.doc.lineAt(main.head).from;
  view.dispatch(view.state.replaceSelection(" ".repeat(4 - (column % 4))), { scrollIntoView: true, userEvent: "input" });
  return true;
}

// The classes of static/python.js, which colours what is only read.
function colours(cm) {
  const { tags, Decoration, MatchDecorator, ViewPlugin } = cm;
  const literals = [tags.string, tags.special(tags.string), tags.number, tags.escape];
  const keywords = [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword, tags.operatorKeyword, tags.bool, tags.null, tags.self];
  const highlighter = cm.tagHighlighter([
    ...keywords.map((tag) => ({ tag, class: "keyword" })),
    ...literals.map((tag) => ({ tag, class: "literal" })),
    { tag: tags.comment, class: "comment" },
  ]);
  const matcher = new MatchDecorator({
    regexp: new RegExp(`(?<![\\w.])(?:${python().names.join("|")})(?!\\w)`, "g"),
    decorate(add, from, to, [name], view) {
      if (cm.syntaxTree(view.state).resolveInner(from, 1).name !== "VariableName") return;
      add(from, to, Decoration.mark({ class: `name-${name}` }));
    },
  });
  const names = ViewPlugin.define(
    (view) => {
      const plugin = { decorations: matcher.createDeco(view), update };
      function update(change) {
        plugin.decorations = cm.syntaxTree(change.state) === cm.syntaxTree(change.startState)
          ? matcher.updateDeco(change, plugin.decorations)
          : matcher.createDeco(change.view);
      }
      return plugin;
    },
    { decorations: (plugin) => plugin.decorations },
  );
  return [cm.syntaxHighlighting(highlighter), names];
}
