"""The picture of a run: a bar for each contestant on a logarithmic scale, as an SVG of our own few lines.

It has its own background for light and for dark, so that it can be read on any page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from benchmarks.report import amount

ROW, TOP, BOTTOM = 26, 44, 34
ROOM, NUMBERS = 400, 84
"""How wide the longest bar and the numbers at the bars are."""
LETTER = 7.3
"""How wide a letter of a label is at most, on the whole; the labels get as much room as the longest of them needs."""

STYLE = """
  svg { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif }
  .back { fill: #ffffff } text { fill: #1f2328 } .small { fill: #57606a; font-size: 12px }
  .number { paint-order: stroke; stroke: #ffffff; stroke-width: 4px }
  .line { stroke: #d8dee4 } .ours { fill: #1a7f5a } .others { fill: #8c959f }
  .title { font-weight: 600; font-size: 14px }
  @media (prefers-color-scheme: dark) {
    .back { fill: #0d1117 } text { fill: #e6edf3 } .small { fill: #9198a1 }
    .number { stroke: #0d1117 }
    .line { stroke: #30363d } .ours { fill: #3fb27f } .others { fill: #6e7681 }
  }
"""

Bar = tuple[str, float, bool]
"""A label, seconds per case, and whether it is ours."""


def bars(title: str, rows: Sequence[Bar]) -> str:
    """An SVG with one bar for each row, the quickest first."""
    rows = sorted(rows, key=lambda row: row[1])
    low = math.floor(math.log10(rows[0][1]))
    high = math.ceil(math.log10(rows[-1][1]))
    labels = round(26 + LETTER * max(len(label) for label, _, _ in rows))
    width = labels + ROOM + NUMBERS
    height = TOP + ROW * len(rows) + BOTTOM

    def at(seconds: float) -> float:
        return labels + ROOM * (math.log10(seconds) - low) / max(1, high - low)

    box = f'viewBox="0 0 {width} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-label="{escape(title)}">',
        f"<style>{STYLE}</style>",
        f'<rect class="back" width="{width}" height="{height}" rx="6"/>',
        f'<text class="title" x="16" y="26">{escape(title)}</text>',
    ]
    for power in range(low, high + 1):
        x = at(10.0**power)
        parts.append(f'<line class="line" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{height - BOTTOM + 4}"/>')
        parts.append(f'<text class="small" text-anchor="middle" x="{x:.1f}" y="{height - 12}">{_power(power)}</text>')
    for number, (label, seconds, ours) in enumerate(rows):
        y = TOP + ROW * number
        wide = max(2.0, at(seconds) - labels)
        parts.append(f'<text text-anchor="end" x="{labels - 10}" y="{y + 17}">{escape(label)}</text>')
        kind = "ours" if ours else "others"
        parts.append(f'<rect class="{kind}" x="{labels}" y="{y + 5}" width="{wide:.1f}" height="{ROW - 10}" rx="2"/>')
        parts.append(f'<text class="small number" x="{labels + wide + 6:.1f}" y="{y + 17}">{amount(seconds)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _power(power: int) -> str:
    exact, unit = next((size, unit) for size, unit in ((0, "s"), (-3, "ms"), (-6, "µs"), (-9, "ns")) if power >= size)
    return f"{10 ** (power - exact)} {unit}"
