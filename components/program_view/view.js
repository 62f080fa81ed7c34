// A program with line numbers, and beside each line what it did.


export default function ({ data, parentElement }) {
  viewOf(parentElement, build)(data);
}

function build(root) {
  const list = el("ol", {});
  const copy = el("button", { type: "button" });
  const said = el("span", { class: "said", role: "status" });
  root.append(el("div", { class: "program" }, el("div", { class: "bar" }, said, copy), list));
  let latest = null;
  let rows = [];

  copy.addEventListener("click", async () => {
    await toClipboard(latest.source, root);
    said.textContent = latest.labels.copied;
    setTimeout(() => (said.textContent = ""), 2000);
  });

  return (data) => {
    latest = data;
    list.setAttribute("aria-label", data.labels.program);
    copy.textContent = data.labels.copy;
    while (rows.length > data.lines.length) rows.pop().item.remove();
    data.lines.forEach((line, index) => {
      if (!rows[index]) {
        const code = el("code", {});
        const note = el("span", { class: "note" });
        const item = el("li", { value: line.number }, code, note);
        list.append(item);
        rows[index] = { item, code, note, text: "" };
      }
      const row = rows[index];
      const text = JSON.stringify(line.pieces);
      if (row.text !== text) {
        row.text = text;
        row.code.replaceChildren(
          ...line.pieces.map(([kind, piece]) => (kind ? el("span", { class: kind }, piece) : piece)),
        );
      }
      if (row.note.textContent !== line.note) row.note.textContent = line.note;
      row.item.classList.toggle("failed", line.failed);
    });
  };
}

// navigator.clipboard exists on https and localhost only; a classroom may be on plain http.
async function toClipboard(text, root) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", { readonly: "" });
    area.value = text;
    root.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
