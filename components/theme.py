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

# The frame's own look, on top of .streamlit/config.toml.
PAGE_CSS = (
    f"""
<style>
:root {{
  --table-line: light-dark({ROLES["line"][0]}, {ROLES["line"][1]});
  --accent: light-dark({ROLES["accent"][0]}, {ROLES["accent"][1]});
  --note: light-dark({ROLES["quiet"][0]}, {ROLES["quiet"][1]});
  --pre: light-dark({ROLES["raised"][0]}, {ROLES["raised"][1]}); --mono: {MONO};
  --wrong: light-dark({ROLES["wrong"][0]}, {ROLES["wrong"][1]});
  --wrong-ground: light-dark({ROLES["wrong-ground"][0]}, {ROLES["wrong-ground"][1]});
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
.prose :is(h1, h2, h3, p, ol, pre, .wide, details, .callout) + * { margin-top: 14px; }
.prose .headline { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 20px; }
.prose .headline h1 { font-size: 26px; line-height: 1.3; }
.prose .headline p { margin: 0; max-width: none; }
@media (min-width: 701px) { .stMainBlockContainer:has(.headline) { padding-top: 52px; } }
.stMainBlockContainer:has(.headline) .stVerticalBlock { gap: 6px; }
.st-key-first_screen .board,
:is(.board, .board .column):has(> [data-key="graph_view graph"]) { gap: 8px; }
.prose .letters {
  display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 6px 20px; margin: 0;
}
.prose .letters dd { margin: 0; max-width: 820px; overflow-x: auto; }
.prose .formula { font-size: 1.15em; margin-left: 6px; }
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
.st-key-choices .stButtonGroup label { min-height: 0; margin: 0; flex: none; }
.prose .progress { height: 8px; border-radius: 4px; background: var(--pre); overflow: hidden; }
.prose .progress::before {
  content: ""; display: block; height: 100%; width: calc(var(--share) * 100%);
  border-radius: 4px; background: var(--accent);
}
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
.prose .wide { overflow-x: auto; }
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
/* Of second rank: a ground, and an edge only for who points at it or comes to it by keyboard. */
.stMainBlockContainer .stButton [data-testid="stBaseButton-secondary"] {
  background: var(--pre); border-color: transparent;
}
.stMainBlockContainer .stButton [data-testid="stBaseButton-secondary"]:is(:hover, :focus-visible),
.stMainBlockContainer .st-key-options [data-testid="stBaseButton-secondary"] {
  border-color: var(--note);
}
:is(button, summary, a, label):is(:focus-visible, [data-focus-visible]) {
  outline: 2px solid var(--accent) !important; outline-offset: 2px;
}
.st-key-options button { justify-content: flex-start; }
.st-key-options button code { font-size: 14px; background: none; color: inherit; }
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
.prose .term {
  font: inherit; color: inherit; background: none; border: 0; cursor: help;
  padding: 4px 0; margin: -4px 0;
  text-decoration: underline dotted var(--note); text-underline-offset: 4px;
}
.prose .meaning {
  inset: auto 0 16px; margin: 6px auto; max-width: min(480px, calc(100vw - 32px));
  padding: 10px 14px; border: 1px solid var(--note); border-radius: 8px; background: var(--pre);
  box-shadow: 0 8px 24px rgb(0 0 0 / 18%); white-space: normal;
  font-size: 16px; line-height: 1.7;
}
@supports (position-area: block-end) {
  .prose .meaning {
    inset: auto; margin: 6px 16px; position-area: block-end span-all;
    position-try-fallbacks: flip-block;
  }
}
.prose table code { font: 13px var(--mono); white-space: nowrap; }
/* Streamlit pales what stands beside a chart's axes; it is to be read. */
.stPlotlyChart :is(.xtick, .ytick, .colorbar, .legend, .g-xtitle, .g-ytitle, .point) text {
  fill: var(--note) !important;
}
.prose td:last-child { white-space: normal; min-width: 15em; }
.stElementContainer[data-stale=true] { opacity: 1 !important; transition: none !important; }
[class*="st-key-results"] .stElementContainer[data-stale=true] {
  opacity: 0.45 !important; transition: opacity 200ms 400ms !important;
}
.board, .board .column { display: flex; flex-direction: column; gap: 16px; }
.board .columns { display: flex; gap: 16px 32px; }
.board .column { flex-basis: 0; min-width: 0; }
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
  .stMainBlockContainer { padding: 104px 16px 48px; }
  .stMainBlockContainer h1 { font-size: 28px; }
  .stMainBlockContainer .stButton button, .stMainBlockContainer [role="radiogroup"] button,
  .stMainBlockContainer .stButtonGroup button { min-height: 44px; }
}
</style>
"""
)

# Projected: larger type, and nothing around the page.
PRESENT_CSS = """
<style>
[data-testid="stHeader"] { display: none; }
.stMainBlockContainer { padding-top: 0; }
.prose a { color: inherit; }
.st-key-present_bar {
  position: fixed; right: 16px; bottom: 12px; width: auto; z-index: 999991;
}
.st-key-present_bar button { opacity: 0.85; min-height: 36px; }
.st-key-follow {
  position: fixed; right: 16px; bottom: 64px; z-index: 999990; width: 264px;
  padding: 12px 16px; border-radius: 6px; border: 1px solid var(--table-line);
  background: var(--pre);
}
.st-key-follow img { display: block; width: 232px; height: 232px; background: #FFFFFF; }
@media (min-width: 701px) {
  .stMainBlockContainer { zoom: 1.25; }
  .stMainBlockContainer:has(.st-key-follow) { padding-right: 304px; }
  [data-testid="stLayoutWrapper"]:has(> .st-key-dial_bar) { top: 0; }
}
@media (max-width: 700px) {
  .st-key-follow { position: static; width: 100%; margin-bottom: 64px; }
}
</style>
"""
