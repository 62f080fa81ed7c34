"""Small line drawings, our own, that stand beside a word and never in its place.

The browser's modules get the same from components/assets.py and draw them with static/icons.js.
"""

# What is stroked, on a ground of 16 by 16.
ICONS = {
    "leaf": "M3 13C2.5 6 7 3 13.5 2.5C13.5 9 10 13.5 4.5 12.2M2.5 14.5C4.5 10.5 7 8 10 6",
    "held": "M2.5 5V13.5H13.5V5M5.5 7H10.5V11H5.5Z",
    "freed": "M2.5 9V13.5H13.5V9M8 10.5V2.5M5 5.5L8 2.5L11 5.5",
    "lock": "M3.5 7.5H12.5V13.5H3.5ZM5.5 7.5V5A2.5 2.5 0 0 1 10.5 5V7.5",
    "pause": "M5 3V13M6 3V13M10 3V13M11 3V13",
}
# In a text a private-use character, which no keyboard has, stands for each.
LETTERS = {name: chr(0xE000 + i) for i, name in enumerate(ICONS)}


def draw_icons(html: str) -> str:
    """A text in which each such character has become its drawing."""
    for name, letter in LETTERS.items():
        if letter in html:
            html = html.replace(letter, _svg(ICONS[name]))
    return html


def _svg(path: str) -> str:
    return f'<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="{path}"/></svg>'
