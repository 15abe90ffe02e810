#!/usr/bin/env python3
"""Draws docs/*.svg from what the peers' bench prints for `scale`: benches/plots.py SCALE.txt FOLDER

Growth has logarithmic axes, so that cost in proportion is a straight line of slope 1 and a cliff is a step.
"""

import math
import sys
from pathlib import Path

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 80, 20, 40, 60
COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7"]  # told apart by colour-blind readers too

Series = dict[str, list[tuple[float, float]]]


def read(path: Path) -> tuple[Series, list[tuple[str, int, float]]]:
    growth: Series = {}
    threads: list[tuple[str, int, float]] = []
    for line in path.read_text().splitlines():
        kind, *rest = line.split(" | ")
        if kind == "growth":
            name, x, y = rest
            growth.setdefault(name, []).append((float(x), float(y)))
        elif kind == "threads":
            work, count, rate = rest
            threads.append((work, int(count), float(rate)))
    return growth, threads


def short(number: float) -> str:
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= size:
            return f"{number / size:g}{letter}"
    return f"{number:g}"


def text(x: float, y: float, words: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {more}>{words}</text>'


def page(title: str, parts: list[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">'
    ground = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
    heading = text(WIDTH / 2, 22, title, 'text-anchor="middle" font-size="15"')
    return "\n".join([head, ground, heading, *parts, "</svg>"]) + "\n"


def growth_plot(title: str, x_words: str, series: Series) -> str:
    points = [point for line in series.values() for point in line]
    low_x, high_x = min(x for x, _ in points), max(x for x, _ in points)
    low_y = 10 ** math.floor(math.log10(min(y for _, y in points)))
    high_y = 10 ** math.ceil(math.log10(max(y for _, y in points)))

    def at_x(x: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log(x / low_x) / math.log(high_x / low_x)

    def at_y(y: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * math.log(y / low_y) / math.log(high_y / low_y)

    parts = []
    tick = 2 ** math.ceil(math.log2(low_x))
    while tick <= high_x:
        parts.append(f'<path d="M{at_x(tick):.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        parts.append(text(at_x(tick), HEIGHT - BOTTOM + 18, short(tick), 'text-anchor="middle"'))
        tick *= 4
    tick = low_y
    while tick <= high_y:
        parts.append(f'<path d="M{LEFT} {at_y(tick):.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(text(LEFT - 8, at_y(tick) + 4, f"{short(tick)} ns", 'text-anchor="end"'))
        tick *= 10
    parts.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16, x_words, 'text-anchor="middle"'))
    for number, (name, line) in enumerate(series.items()):
        colour = COLOURS[number]
        path = "L".join(f"{at_x(x):.1f} {at_y(y):.1f}" for x, y in line)
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{at_x(x):.1f}" cy="{at_y(y):.1f}" r="3" fill="{colour}"/>' for x, y in line]
        parts.append(text(LEFT + 12, TOP + 18 * (number + 1), name, f'fill="{colour}"'))
    return page(title, parts)


def threads_plot(bars: list[tuple[str, int, float]]) -> str:
    works = list(dict.fromkeys(work for work, _, _ in bars))
    most = max(rate for _, _, rate in bars)
    row = (HEIGHT - TOP - 20) / len(works)
    parts = []
    for at, work in enumerate(works):
        rates = {count: rate for name, count, rate in bars if name == work}
        parts.append(text(16, TOP + row * at + 14, work))
        for number, (count, rate) in enumerate(sorted(rates.items())):
            y = TOP + row * at + 20 + number * 22
            width = (WIDTH - 260) * rate / most
            factor = "" if count == 1 else f", {rate / rates[1]:.2f}x"
            words = f"{count} thread{'s' * (count > 1)}: {rate / 1000:.0f},000/s{factor}"
            parts.append(
                f'<rect x="16" y="{y:.1f}" width="{width:.1f}" height="18" fill="{COLOURS[number]}"/>'
            )
            parts.append(text(22 + width, y + 13, words))
    return page("Callbacks per second", parts)


def main(source: str, folder: str) -> None:
    growth, threads = read(Path(source))

    def some(prefix: str) -> Series:
        found = {name.removeprefix(prefix): line for name, line in growth.items() if name.startswith(prefix)}
        return found or sys.exit(f"{source} has no series {prefix!r}")

    plots = {
        "growth-values": growth_plot(
            "A callback by the number of its values (64 bytes each)", "values", some("values, ")
        ),
        "growth-length": growth_plot(
            "A callback by the length of its 24 values", "bytes of each value", some("length, ")
        ),
        "growth-payload": growth_plot("A payload by its size", "bytes", some("payload bytes, ")),
        "threads": threads_plot(threads or sys.exit(f"{source} has no threads")),
    }
    for name, svg in plots.items():
        Path(folder, f"{name}.svg").write_text(svg)
        print(Path(folder, f"{name}.svg"))


main(*sys.argv[1:])
