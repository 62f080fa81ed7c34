// What a run did, drawn into the text that ran: at each line's end what the line did, below it the
// words of an error or a warning, and which line the played program has come to.

import { el } from "../elements.js";
import { markOf } from "../program_view/marks.js";

/**
 * @typedef {Object} Results
 * @property {string} source  the text that ran
 * @property {{ note?: string, marks?: any[], is?: string[] }[]} lines
 * @property {{ line: number, kind: "wrong" | "beware" | "alarm" | "fact", text: string }[]} told
 * @property {import("../page.js").Moment | null} moment
 * @property {number[]} lit
 */

/** @typedef {typeof import("../vendor/codemirror.js")} CodeMirror */

/** @param {CodeMirror} cm */
export function buildResults(cm) {
  const { Decoration, EditorView, GutterMarker, gutterLineClass, RangeSet, StateEffect, StateField, WidgetType } = cm;

  class Drawn extends WidgetType {
    constructor(kind, given) {
      super();
      this.kind = kind;
      this.given = given;
      this.text = kind + JSON.stringify(given);
    }
    eq(other) {
      return other.text === this.text;
    }
    toDOM() {
      // A block by its style alone: a block of CodeMirror's would be in the way of the browser's own
      // "select all", which a phone has.
      if (this.kind !== "note") return el("span", { class: `told ${this.kind}` }, this.given);
      const { marks = [], note = "" } = this.given;
      return el("span", { class: "note" }, ...marks.map(markOf), note);
    }
    ignoreEvent() {
      return false;
    }
  }

  class Numbered extends GutterMarker {
    constructor(states) {
      super();
      this.elementClass = states;
    }
    eq(other) {
      return other.elementClass === this.elementClass;
    }
  }

  /** @typedef {{ results: Results | null, drawn: any, numbers: any }} Shown */
  /** @type {Shown} */
  const nothing = { results: null, drawn: Decoration.none, numbers: RangeSet.empty };

  /** @param {Results} results */
  function draw(results, doc) {
    const drawn = [];
    const numbers = [];
    const { moment, lit } = results;
    for (let number = 1; number <= doc.lines; number++) {
      const { note, marks, is = [] } = results.lines[number - 1] ?? {};
      const { from, to } = doc.line(number);
      const states = is.filter((state) => state !== "striking");
      if (lit.includes(number)) states.push("lit");
      if (moment?.line === number) states.push("now");
      if (moment?.ran && !moment.ran.includes(number)) states.push("later");
      if (states.length) {
        /** @type {Record<string, string>} */
        const attributes = states.includes("now") ? { "aria-current": "step" } : {};
        drawn.push(Decoration.line({ class: states.join(" "), attributes }).range(from));
        numbers.push(new Numbered(states.join(" ")).range(from));
      }
      const told = results.told.filter(({ line }) => line === number);
      if ((note || marks) && !told.some(({ kind }) => kind === "wrong")) {
        drawn.push(Decoration.widget({ widget: new Drawn("note", { note, marks }), side: 1 }).range(to));
      }
      for (const { kind, text } of told) {
        drawn.push(Decoration.widget({ widget: new Drawn(kind, text), side: 2 }).range(to));
      }
    }
    return { results, drawn: Decoration.set(drawn, true), numbers: RangeSet.of(numbers) };
  }

  // What has been written since: a changed line has no value yet, the others keep theirs.
  function age({ results, drawn }, transaction) {
    const touched = [];
    transaction.changes.iterChangedRanges((_fromA, _toA, from, to) => {
      touched.push([transaction.newDoc.lineAt(from).from, transaction.newDoc.lineAt(to).to]);
    });
    const kept = drawn.map(transaction.changes).update({
      filter: (from, _to, value) => value.spec.widget && !touched.some(([first, last]) => first <= from && from <= last),
    });
    return { results, drawn: kept, numbers: RangeSet.empty };
  }

  /** @type {import("@codemirror/state").StateEffectType<Results>} */
  const arrive = StateEffect.define();
  const field = StateField.define({
    create: () => nothing,
    update(shown, transaction) {
      const arrived = transaction.effects.find((effect) => effect.is(arrive));
      const results = arrived ? arrived.value : shown.results;
      if (!results || !(arrived || transaction.docChanged)) return shown;
      if (isText(transaction.newDoc, results.source)) return draw(results, transaction.newDoc);
      return arrived ? { ...nothing, results } : age(shown, transaction);
    },
    provide: (from) => [
      EditorView.decorations.from(from, ({ drawn }) => drawn),
      gutterLineClass.from(from, ({ numbers }) => numbers),
    ],
  });
  return { arrive, field };
}

function isText(doc, text) {
  return doc.length === text.length && doc.toString() === text;
}
