"""Every colour, size and gap. Components get them as CSS variables, charts as values."""

# Sign: negative, zero, positive. Equal in lightness on both sides, dark ink readable on all.
DIVERGING = ("#DB7F35", "#F0BF92", "#F5F5F3", "#A9CCE6", "#5096CE")
INK_ON_CELL = "#111418"
# NaN and infinity: dark where every sign is light, and always with a glyph. Ground, ink, edge.
NONFINITE = ("#2B313A", "#FFFFFF", "#8A939E")

# Identity: one colour a variable, the same everywhere, always beside the letter.
IDENTITY = {
    "x": ("#0B7A75", "#45B8B0"),
    "w": ("#7E57C2", "#B79CEB"),
    "b": ("#AD1457", "#F06A9B"),
    "z": ("#6B6B00", "#C6C44A"),
    "loss": ("#111418", "#F4F6F8"),
}
ROLES = {
    "page": ("#FCFCFA", "#15181C"),
    "raised": ("#F2F2EE", "#1E2328"),
    "ink": ("#1B2026", "#E6E8EB"),
    "quiet": ("#5C6570", "#A3ABB5"),
    "line": ("#DCDCD6", "#363C44"),
    "accent": ("#3D4A5C", "#A9BBD3"),
    "on-accent": ("#FFFFFF", "#15181C"),
    "back": ("#2B6CA3", DIVERGING[-1]),  # whatever goes backward; as text, too
    "wrong": ("#B3261E", "#FF8A80"),
    "wrong-ground": ("#FBEDEB", "#33201F"),
    "right": ("#0B6B3A", "#7CCBA0"),
    "right-ground": ("#E6F3EB", "#1B2F25"),
    "striking": ("#FFF1B8", "#4A3E0E"),
}
# Of charts: a line that stands out on both grounds, and heights from low to high.
CHART_LINE = "#7D8794"
# Of text that is drawn once for both grounds: its contrast is 4.1 on either; none has more on both.
CHART_INK = "#737D89"
# In grey as well, each is darker than the one before.
HEIGHTS = ("#FFF6D6", "#D9E2C9", "#98C0CC", "#5A93BB", "#2C5484")
# One colour an optimizer, beside a mark and a dash of its own.
RACERS = {
    "sgd": ("#C24E00", "#F08A3C"),
    "momentum": ("#8E44AD", "#C58BE0"),
    "adam": ("#00755A", "#2FB28F"),
}
MONO = "'Source Code Pro', ui-monospace, 'SFMono-Regular', Menlo, Consolas, monospace"

# `light-dark()` follows the color-scheme that Streamlit sets on the app, so a theme switch
# needs no rerun; st.context.theme stays stale after one.
CSS_VARIABLES = (
    ":host,.explorer{"
    + "".join(
        f"--{name}:light-dark({a},{b});" for name, (a, b) in (IDENTITY | ROLES | RACERS).items()
    )
    + "".join(f"--sign-{i}:{colour};" for i, colour in enumerate(DIVERGING))
    + "".join(f"--height-{i}:{colour};" for i, colour in enumerate(HEIGHTS))
    + f"--nonfinite:{NONFINITE[0]};--nonfinite-ink:{NONFINITE[1]};--nonfinite-edge:{NONFINITE[2]};"
    + f"--cell-ink:{INK_ON_CELL};--mono:{MONO};}}"
)

# As a picture of its own: a bare "∂" would be taken for an address, and asked for at every update.
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    f'<rect width="32" height="32" rx="6" fill="{ROLES["accent"][0]}"/>'
    '<text x="16" y="25" font-size="26" font-family="serif" text-anchor="middle"'
    f' fill="{ROLES["on-accent"][0]}">∂</text></svg>'
)

# The frame's own look, on top of .streamlit/config.toml. No selector asks for a part of an
# attribute's value, as [class*=…] does: Streamlit changes the classes of what it draws again, and
# Chromium would then look through all that stands in it for what such a selector might meet.
PAGE_CSS = (
    f"""
<style>
:root {{
  --table-line: light-dark({ROLES["line"][0]}, {ROLES["line"][1]});
  --accent: light-dark({ROLES["accent"][0]}, {ROLES["accent"][1]});
  --on-accent: light-dark({ROLES["on-accent"][0]}, {ROLES["on-accent"][1]});
  --page: light-dark({ROLES["page"][0]}, {ROLES["page"][1]});
  --note: light-dark({ROLES["quiet"][0]}, {ROLES["quiet"][1]});
  --pre: light-dark({ROLES["raised"][0]}, {ROLES["raised"][1]}); --mono: {MONO};
  --wrong: light-dark({ROLES["wrong"][0]}, {ROLES["wrong"][1]});
  --wrong-ground: light-dark({ROLES["wrong-ground"][0]}, {ROLES["wrong-ground"][1]});
  --right: light-dark({ROLES["right"][0]}, {ROLES["right"][1]});
  --right-ground: light-dark({ROLES["right-ground"][0]}, {ROLES["right-ground"][1]});
}}
</style>
"""
    + """
<style>
/* Type has four sizes: 34, 20, 16 and 14 px; 13 px is the least, for code. */
.stMainBlockContainer { max-width: 1560px; padding: 56px 24px 64px; }
.stMainBlockContainer h1 { font-size: 34px; line-height: 1.2; padding: 0; letter-spacing: -0.01em; }
.stMainBlockContainer h2 { font-size: 20px; line-height: 1.4; padding: 24px 0 0; }
.stMainBlockContainer h3 { font-size: 16px; line-height: 1.4; padding: 8px 0 0; }
:lang(ja) h1, :lang(ja) h2, :lang(ja) h3 { font-feature-settings: "palt"; }
.stMainBlockContainer :is(h1, h2, h3) { font-weight: 650; }
/* On top of a column there is nothing above from which it would have to keep away. */
.stColumn .prose > h2:first-child, .board .column > .prose:first-child > h2 { padding-top: 0; }
/* Streamlit's colours of code are too pale to be read, and long words stick out. */
.stCode .token { color: inherit !important; }
.stCode code :not(.linenumber) { min-width: 0; overflow-wrap: anywhere; }
.stCode :is(.linenumber, .comment, .string, .number, .boolean) { color: var(--note) !important; }
.stCode .token.keyword { color: var(--accent) !important; font-weight: 600; }
.stMainBlockContainer p, .stMainBlockContainer li { line-height: 1.6; max-width: 680px; }
:lang(ja) .stMainBlockContainer :is(p, li) { line-height: 1.8; }
/* Lines break between phrases of Japanese, not within its words; components inherit it. */
.stMainBlockContainer, .stMainBlockContainer :is(h1, h2, h3, p, li) { text-wrap: pretty; }
:lang(ja) :is(.stMainBlockContainer, .stMainBlockContainer :is(h1, h2, h3, p, li)) {
  word-break: auto-phrase;
}
[data-testid="stAlert"] code { white-space: pre-wrap !important; overflow-wrap: anywhere; }
.prose :is(h1, h2, h3, p) { margin: 0; }
.prose :is(h1, h2, h3, p, ol, pre, .wide, details, .callout, .changed) + * { margin-top: 14px; }
.prose .headline { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 20px; }
.prose .headline h1 { font-size: 26px; line-height: 1.3; }
.prose .headline p { margin: 0; max-width: none; }
@media (min-width: 701px) { .stMainBlockContainer:has(.headline) { padding-top: 52px; } }
.stMainBlockContainer:has(.headline) .stVerticalBlock { gap: 6px; }
.st-key-first_screen .board,
:is(.board, .board .column):has(> [data-key="graph_view graph"]) { gap: 8px; }
.letter-note {
  position: fixed; inset: auto; margin: 0; padding: 12px 16px; width: max-content;
  max-width: min(400px, calc(100vw - 12px)); border: 1px solid var(--note); border-radius: 6px;
  background: var(--page); color: inherit; box-shadow: 0 4px 16px #0003; overflow-x: auto;
}
.letter-note p { margin: 0; font-size: 14px; }
.letter-note .formula { font-size: 15px; line-height: 2; }
.letter-note code { font: 600 14px var(--mono); }
.board details.section { border: 0; border-top: 1px solid var(--table-line); margin: 0; }
.board .section > summary { padding: 10px 0; cursor: pointer; }
.board .section > summary h2 { display: inline; font-size: 16px; padding: 0 0 0 4px; }
.board .section[open] { padding-bottom: 24px; }
.stMainBlockContainer .prose .lead { max-width: none; }
@media (min-width: 701px) { .stMainBlockContainer:has(.lead) { padding-top: 56px; } }
.stMainBlockContainer:has(.lead) > .stVerticalBlock { gap: 8px; }
@media (min-width: 701px) { .st-key-lesson_top { flex-wrap: nowrap !important; } }
.st-key-lesson_top > :first-child { flex: 1 1 auto; min-width: min(100%, 320px); }
.st-key-lesson_top > :not(:first-child) { flex: none; width: auto; }
.st-key-lesson_top button { min-width: 44px; }
.st-key-choices { row-gap: 8px; column-gap: 24px; }
.st-key-choices .stButtonGroup {
  display: flex; flex-flow: row wrap; align-items: center; gap: 8px;
}
.st-key-choices .stButtonGroup [role="radiogroup"] { flex-wrap: wrap; max-width: 100%; }
.st-key-choices .stButtonGroup label { min-height: 0; margin: 0; flex: none; }
.prose .progress { height: 8px; border-radius: 4px; background: var(--pre); overflow: hidden; }
.prose .progress::before {
  content: ""; display: block; height: 100%; width: calc(var(--share) * 100%);
  border-radius: 4px; background: var(--accent);
}
.prose .progress + .note { margin-top: 6px; }
.prose .note { font-size: 14px; color: var(--note); }
.prose pre {
  margin: 0; padding: 16px; border: 0; border-radius: 6px; background: var(--pre);
  font: 14px/1.6 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere;
}
.prose .callout {
  display: flex; gap: 10px; padding: 10px 14px; border-radius: 6px; background: var(--pre);
  border-left: 3px solid var(--note); overflow-wrap: anywhere;
}
.prose .callout::before { content: "i"; font: 700 14px/1.8 var(--mono); }
.prose .callout pre { padding: 0; background: none; }
.prose .wrong { border-color: var(--wrong); background: var(--wrong-ground); }
.prose .wrong::before { content: "✗"; color: var(--wrong); }
.prose .right::before { content: "✓"; }
.prose .beware::before { content: "!"; }
.prose .difference { display: grid; grid-template-columns: 1fr 1fr; gap: 16px 32px; }
.prose .difference figure { margin: 0; min-width: 0; }
.prose .difference figcaption { padding-bottom: 6px; font-size: 14px; color: var(--note); }
.prose .difference ol { padding: 8px 0; border-radius: 6px; background: var(--pre); }
.prose .difference li {
  display: flex; max-width: none; min-height: 24px; padding-right: 12px;
  font: 14px/24px var(--mono);
}
.prose .difference .at { flex: none; width: 32px; text-align: right; color: var(--note); }
.prose .difference .sign { flex: none; width: 28px; text-align: center; font-weight: 700; }
.prose .difference :is(del, ins) { text-decoration: none; }
.prose .difference code {
  padding: 0; background: none; color: inherit; font: inherit; white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.prose .difference .before { background: var(--wrong-ground); }
.prose .difference .before .sign { color: var(--wrong); }
.prose .difference .after { background: var(--right-ground); }
.prose .difference .after .sign { color: var(--right); }
@media (max-width: 700px) {
  .prose .difference { grid-template-columns: 1fr; }
  .prose .difference .gap { display: none; }
}
.prose .wide { overflow-x: auto; }
.prose .icon {
  width: 14px; height: 14px; vertical-align: -2px; fill: none; stroke: currentColor;
  stroke-width: 1.5; stroke-linejoin: round; stroke-linecap: round;
}
.prose table { margin: 0; width: auto; border-collapse: collapse; line-height: 1.5; }
.prose caption {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
}
.prose .folded { margin: 0; border: 0; }
.prose .folded > summary { padding: 6px 0; font-size: 14px; color: var(--note); cursor: pointer; }
.prose .folded .wide { max-height: 312px; overflow: auto; }
.prose :is(th, td) {
  padding: 4px 12px 4px 0; border-bottom: 1px solid var(--table-line); font-size: 14px;
  font-weight: 400; text-align: left; vertical-align: top; white-space: nowrap;
}
.prose :is(th, td):not(:last-child) { padding-right: 24px; }
.prose thead th { font-weight: 650; }
.prose code { font-size: max(13px, 0.9em); }
/* Streamlit writes on the accent in white, on the dark page's pale accent too. */
.stMainBlockContainer [data-testid="stBaseButton-primary"] { color: var(--on-accent); }
/* Of second rank: a ground, and an edge only for who points at it or comes to it by keyboard. */
.stMainBlockContainer .stButton [data-testid="stBaseButton-secondary"] {
  background: var(--pre); border-color: transparent;
}
.stMainBlockContainer .stButton [data-testid="stBaseButton-secondary"]:is(:hover, :focus-visible) {
  border-color: var(--note);
}
:is(button, summary, a, label):is(:focus-visible, [data-focus-visible]) {
  outline: 2px solid var(--accent) !important; outline-offset: 2px;
}
.answer, .st-key-answer, .part { scroll-margin: 190px 0 24px; }
.prose ol { margin: 0; padding: 0; list-style: none; }
.prose .printout:has(> details:not([open])) > pre {
  max-height: 312px; overflow: hidden; mask: linear-gradient(#000 calc(100% - 24px), transparent);
}
.prose .printout > details { margin: 0; border: 0; }
.prose .printout summary { display: inline-block; padding: 6px 0; cursor: pointer; }
.prose .printout summary span { font-size: 14px; text-decoration: underline; }
.prose .printout :is([open] .more, :not([open]) > summary .less) { display: none; }
/* A term: its meaning opens under it, or at the foot of the screen where the browser cannot. */
.term {
  position: relative; font: inherit; color: inherit; background: none; border: 0; cursor: help;
  padding: 4px 0; margin: -4px 0;
  text-decoration: underline dotted var(--note); text-underline-offset: 4px;
}
.meaning {
  inset: auto 0 16px; margin: 6px auto; max-width: min(480px, calc(100vw - 32px));
  padding: 10px 14px; border: 1px solid var(--note); border-radius: 8px; background: var(--pre);
  box-shadow: 0 8px 24px rgb(0 0 0 / 18%); white-space: normal; font-size: 16px; line-height: 1.7;
}
@supports (position-area: block-end) {
  .meaning {
    inset: auto; margin: 6px 16px; position-area: block-end span-all;
    position-try-fallbacks: flip-block;
  }
}
.with-marks { white-space: nowrap; }
.with-marks .term { white-space: normal; }
@media (max-width: 700px) {
  .term::after { /* what a finger may touch around it */
    content: ""; position: absolute; inset: 50% auto auto 50%; translate: -50% -50%;
    width: max(100%, 44px); height: 44px;
  }
}
.choice {
  font: inherit; font-size: 14px; color: var(--accent); background: none; border: 0;
  cursor: pointer; padding: 4px 6px; margin: -4px 0;
  text-decoration: underline; text-underline-offset: 3px;
}
.prose:has(> .verdict) { display: none; }
@media (max-width: 700px) {
  .choice { position: relative; }
  .choice::after { /* what a finger may touch around it */
    content: ""; position: absolute; inset: 50% 0 auto; translate: 0 -50%; height: 44px;
  }
  .prose:has(> .verdict) { display: block; }
  .prose .verdict {
    margin: 0 0 12px; padding: 10px 14px; border-left: 3px solid var(--wrong);
    border-radius: 6px; background: var(--wrong-ground);
  }
  .prose .verdict > b:first-child { color: var(--wrong); }
}
.prose .findings { display: flex; flex-direction: column; gap: 12px; }
.prose .found {
  display: flex; flex-direction: column; gap: 12px; margin: 0; padding: 0; list-style: none;
}
.prose .found li {
  display: flex; flex-direction: column; gap: 4px; max-width: none; padding: 10px 14px;
  border-left: 3px solid var(--note); border-radius: 6px; background: var(--pre);
}
.prose .found .alarm { border-color: var(--wrong); background: var(--wrong-ground); }
.changed, .found li { scroll-margin: 48px 0 8px; }
.prose .found [aria-current] { border-left-width: 6px; }
.prose .found .head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 12px; }
.prose .found .status { font-weight: 650; }
.prose .found .alarm .status { color: var(--wrong); }
.prose .found p { margin: 0; }
.prose .found .edit { padding: 6px 10px; background: var(--page); }
.prose .found .edit span { display: block; }
.prose .findings > h2 { padding-top: 0; }
.prose .findings > :is(h2 + p, .folded + .folded) { margin-top: -10px; }
.prose .found .edit + p .choice {
  min-height: 44px; padding: 6px 14px; margin: 4px 0 0; border: 1px solid var(--note);
  border-radius: 8px; background: var(--page); text-decoration: none;
}
.prose .found .gone { color: var(--note); }
.prose table code { font: 13px var(--mono); white-space: nowrap; }
/* Streamlit pales what stands beside a chart's axes; it is to be read. */
.stPlotlyChart :is(.xtick, .ytick, .colorbar, .legend, .g-xtitle, .g-ytitle, .point) text {
  fill: var(--note) !important;
}
.prose td:last-child { white-space: normal; min-width: 15em; }
@media (max-width: 700px) {
  .prose tr > :is(th, td):nth-child(n) { white-space: normal; min-width: 0; padding-right: 12px; }
  .prose td:last-child code { white-space: normal; overflow-wrap: anywhere; }
  .prose .sentences thead { display: none; }
  .prose .sentences tr {
    display: block; padding: 8px 0; border-bottom: 1px solid var(--table-line);
  }
  .prose .sentences :is(th, td) { display: inline-block; padding: 0 16px 0 0; border: 0; }
  .prose .sentences td:last-child { display: block; }
  .prose .sentences td:not(:last-child)::before {
    content: attr(data-column) " "; color: var(--note);
  }
}
.stElementContainer[data-stale=true] { opacity: 1 !important; transition: none !important; }
/* Of a program that is no longer the one in the editor (static/page.js). */
[data-outdated] :is(.st-key-results_below .stElementContainer,
  .board :is(.part:not([data-key^="editor "]), .prose)) {
  opacity: 0.45; transition: opacity 200ms;
}
.board, .board .column { display: flex; flex-direction: column; gap: 16px; }
/* Beside a program that is longer than the screen its graph stays in sight. */
@media (min-width: 701px) {
  .board > .columns:is(:has([data-key="editor editor"]), :has([data-key="program_view script"]))
    > .column:last-child {
    position: sticky; top: 60px; align-self: flex-start;
    --tall: max(360px, 100vh - 332px); /* of a graph: the bar that plays it stands below */
  }
}
/* How far a program is that runs long; where nothing has to move for it. */
[data-testid="stLayoutWrapper"]:has(> .st-key-running) {
  position: fixed; left: 16px; bottom: 12px; z-index: 95; width: auto;
}
.st-key-running {
  padding: 8px 16px; border: 1px solid var(--note); border-radius: 8px; background: var(--pre);
}
.board .columns { display: flex; gap: 16px 32px; }
/* 48 px from one section of the results to the next; 16 of them are the board's own gap. */
.st-key-results_below .board > .prose > h2, .st-key-results_below .board > .columns:has(h2) {
  padding-top: 32px;
}
.board .column { flex-basis: 0; min-width: 0; }
.board .slide, .prose .afterwards { display: contents; }
@media (max-width: 700px) {
  .board .columns:has(.afterwards) > .column { display: contents; }
  .board .columns .prose:has(> .afterwards) { order: 1; }
}
@media (max-width: 700px) { .board .columns { flex-direction: column; } }
[data-testid="stLayoutWrapper"]:has(> .st-key-unseen) {
  position: absolute; width: 0; overflow: hidden;
}
/* Our row lies on top, and Streamlit's own, in which only its menu is left, over its end. */
[data-testid="stLayoutWrapper"]:has(> .st-key-frame) {
  position: fixed; inset: 0 0 auto; width: auto; z-index: 999980;
}
[data-testid="stHeader"] { height: 48px; min-height: 0; background: none; }
[data-testid="stHeader"] :not(button, button *), [data-testid="stHeader"] { pointer-events: none; }
[data-testid="stHeader"] button { pointer-events: auto; }
[data-testid="stMainMenuButton"] { min-width: 44px; min-height: 44px; }
[data-testid="stStatusWidget"] {
  position: fixed; right: 16px; bottom: 12px; padding: 4px 8px; border-radius: 6px;
  background: var(--pre);
}
[data-testid="stLayoutWrapper"]:has(> .st-key-dial_bar) {
  position: sticky; top: 48px; z-index: 90;
}
/* There is no room to lose: row and dials scroll away with the page. */
@media (max-width: 700px), (max-height: 560px) {
  [data-testid="stLayoutWrapper"]:has(> .st-key-frame) { position: absolute; }
  [data-testid="stLayoutWrapper"]:has(> .st-key-dial_bar) { position: static; }
}
@media (max-width: 700px) {
  .stMainBlockContainer { padding: 104px 16px 72px; }
  .stMainBlockContainer h1 { font-size: 28px; }
  .stMainBlockContainer .stButton button, .stMainBlockContainer [role="radiogroup"] button,
  .stMainBlockContainer :is(.stButtonGroup, .stDownloadButton) button,
  .stMainBlockContainer .stExpander summary { min-height: 44px; }
  .stMainBlockContainer .stSelectbox :is(input, button) { min-height: 44px; min-width: 44px; }
  .stMainBlockContainer .stSelectbox [role="group"] { height: 46px; }
  .prose .reading a { display: inline-block; padding: 12px 0; }
}
</style>
"""
)

# Projected: one slide at a time, below a slim row of the controls that are kept. Its size follows
# the screen's (static/presenter/slides.js): at 1280 by 720 px it is 1.6 times that of a desk.
PRESENT_CSS = """
<style>
:root {
  --loss-size: 46px; --option: 34px; --between: 5px; --many: grid; --cells: normal;
  --matrices: none;
}
[data-testid="stHeader"] { display: none; }
.prose a { color: inherit; }
.stMainBlockContainer { max-width: none; padding: 0 !important; min-height: 0; }
[data-testid="stLayoutWrapper"]:has(> .st-key-projector) { position: absolute; height: 0; }
.stMainBlockContainer .stVerticalBlock:has([class*="st-key-slide-"], .board) { gap: 0 !important; }
/* Of Streamlit's elements that are no slide there is only the row of controls. */
.stMainBlockContainer .stVerticalBlock:has([class*="st-key-slide-"], .board)
  > :not(:has([class*="st-key-slide-"], .board, .st-key-unseen)) { padding: 0 24px; }
.stHorizontalBlock:has([class*="st-key-slide-"]) { display: block; }
.stHorizontalBlock:has([class*="st-key-slide-"]) > .stColumn { width: 100%; min-width: 0; }
.board, .board .columns:has(.slide), .board .column:has(.slide) { display: contents; }
[class*="st-key-slide-"]:not([data-current], [class*="st-key-slide-"] *),
.board .slide:not([data-current], [class*="st-key-slide-"] *),
.board .column:has(.slide) > :not([data-current], .slide, :has(.slide)),
.board > :not([data-current], .slide, :has(.slide), [class*="st-key-slide-"] *) {
  display: none !important;
}
[data-current], .board details.section:has([data-current]) > summary {
  zoom: var(--zoom, 1.6); box-sizing: border-box; padding: 8px 20px 0;
}
/* A section that holds slides lends each of them its title. */
.board details.section:has(.slide):not(:has([data-current])) { display: none; }
.board details.section:has([data-current]) { border: 0; padding: 0; }
.board [data-current].slide, [data-current] .board {
  display: flex; flex-direction: column; gap: 8px;
}
/* The loss beside the numbers that it follows from. */
@media (min-width: 701px) {
  .board [data-current][data-key="slide loss"] {
    flex-flow: column wrap; align-content: space-between;
    height: calc(100vh / var(--zoom, 1.6) - 44px);
  }
  [data-key="slide loss"][data-current] > .prose { display: contents; }
  [data-key="slide loss"][data-current] :is(.part, p) { width: 272px; margin: 0; }
  [data-key="slide loss"][data-current] :is([data-key^=heatmaps], p + p) {
    order: 1; width: 472px;
  }
}
[data-current] { --high: calc(100vh / var(--zoom, 1.6) - 190px); } /* of the editor's text */
[data-current] :is(p, li) { max-width: none !important; }
[data-current] .prose .note { font-size: 15px; }
.prose:is([data-current], [data-current] *) :is(th, td):nth-child(n) {
  white-space: normal; min-width: 0; padding: 1px 10px 1px 0; line-height: 1.35;
}
.prose:is([data-current], [data-current] *) td code {
  white-space: normal; overflow-wrap: anywhere;
}
/* A chart has a height of its own, which is to fit. Streamlit takes the width at which it is seen
   for its width, as if nothing were enlarged: so only the chart itself is. */
[data-current]:has(.stPlotlyChart) {
  --chart: calc(var(--zoom, 1.6) * 0.8); zoom: var(--chart);
}
[data-current] .stElementContainer:has(.stPlotlyChart) {
  zoom: calc(1 / var(--chart)); width: calc(100% / var(--chart)) !important;
}
[data-current] :is(.stElementContainer:has(.stPlotlyChart), .stPlotlyChart, .js-plotly-plot) {
  overflow: visible !important;
}
[data-current] .js-plotly-plot { zoom: var(--chart); }
[data-current] .stElementContainer:has(.stPlotlyChart) {
  margin-bottom: calc(340px * (var(--chart) - 1)); /* of a chart's height in components/charts */
}
[data-testid="stLayoutWrapper"]:has(> .st-key-dial_bar) { position: static; }
/* A dial of the lesson with its name on one line. */
.stMain [data-testid="stButtonGroup"]:not([data-current] *) {
  display: flex; flex-direction: row; align-items: center; gap: 8px; width: auto;
}
/* The title stands alone. */
.st-key-slide-title[data-current] {
  min-height: calc(100vh / var(--zoom, 1.6) - 40px); justify-content: center; padding: 16px 40px;
}
.st-key-slide-title h1 { font-size: 44px !important; }
.st-key-slide-title p { font-size: 20px; }
.stMainBlockContainer:has(.st-key-slide-title[data-current]) .stElementContainer:not(
  :has(.board), [class*="st-key-slide-"] *, .st-key-projector *, .st-key-unseen *
) { display: none; }
</style>
"""
