"""A measure over time as a picture: where each mark, line and word goes. Pure geometry.

Units are those of the picture's own box. Each source has a shape and a line of its own, so that
nothing rests on colour; the words beside the last marks are kept apart. Who draws it is a template.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, isfinite, log10

from inspections.govuk_dates import govuk_month
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import FigureSource, MeasureUnit
from tracker.queries.figures import figure_in_words, interval_of
from tracker.queries.measures.reading import IN_ORDER, Measure

WIDTH, HEIGHT = 360.0, 230.0
TOP, BOTTOM = 14.0, 196.0
RIGHT = 266.0
"""Where the plot ends; beside it stand the words."""
WORDS_AT = 276.0
LEAST_LEFT, OF_A_CHARACTER = 22.0, 7.8
LINE_HEIGHT = 14.0
MARK = 4.5
MOST_TICKS = 4

SHORT_NAMES: Mapping[FigureSource, str] = {
    FigureSource.HMIP: "HMIP",
    FigureSource.DIP_SAMPLE: "Provider",
    FigureSource.REGIONAL_ASSURANCE: "Region",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One figure: its shape as a path, and its whisker where a number of cases gives one."""

    x: float
    y: float
    low: float | None
    high: float | None
    shape: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The figures of one source; `code` is its class, `path` joins its marks."""

    code: str
    name: str
    marks: tuple[Mark, ...]
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word at a place; `code` is the class of what it names."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What the template draws, and in `description` what it shows, in words."""

    title: str
    description: str
    left: float
    lines: tuple[Line, ...]
    ticks: tuple[Word, ...]
    days: tuple[Word, ...]
    names: tuple[Word, ...]
    target_y: float | None
    width: float = WIDTH
    height: float = HEIGHT
    right: float = RIGHT
    bottom: float = BOTTOM


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dot:
    source: FigureSource
    on: date
    height: float
    low: float | None
    high: float | None
    words: str


def chart_of(measure: Measure) -> Chart | None:
    """Return the picture of a measure; None where there is no figure yet, or days are measured."""
    if measure.unit is MeasureUnit.DATE or not measure.standing:
        return None
    dots = sorted(_dots(measure), key=lambda dot: dot.on)
    target = _height(measure.target) if measure.target else None
    scale = _ticks(dots, target, is_share=measure.unit is MeasureUnit.N_OF_M)
    texts = [_tick_words(tick, measure.unit) for tick in scale]
    left = max(LEAST_LEFT, 7 + OF_A_CHARACTER * max(map(len, texts)))
    plot = _Plot(left=left, first=dots[0].on, last=dots[-1].on, low=scale[0], high=scale[-1])
    lines = tuple(_lines(dots, plot))
    target_y = None if target is None else plot.y(target)
    return Chart(
        title=f"{measure.name}: figures over time",
        description=_description(measure, dots),
        left=left,
        lines=lines,
        ticks=tuple(
            Word(x=left - 5, y=plot.y(tick), text=text, anchor="end")
            for tick, text in zip(scale, texts, strict=True)
        ),
        days=tuple(_days(plot)),
        names=tuple(_names(lines, target_y)),
        target_y=target_y,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plot:
    left: float
    first: date
    last: date
    low: float
    high: float

    def x(self, on: date) -> float:
        """Return the day's place; a single day stands in the middle."""
        days = (self.last - self.first).days
        part = (on - self.first).days / days if days else 0.5
        return round(self.left + 8 + part * (RIGHT - 16 - self.left), 1)

    def y(self, height: float) -> float:
        part = (height - self.low) / (self.high - self.low)
        return round(BOTTOM - part * (BOTTOM - TOP), 1)


def _dots(measure: Measure) -> Iterable[_Dot]:
    if measure.baseline is not None and measure.baseline_on is not None:
        yield _dot(FigureSource.HMIP, measure.baseline_on, measure.baseline)
    for figure in measure.standing:
        yield _dot(figure.source, figure.period_to, figure.value)


def _dot(source: FigureSource, on: date, value: MeasureValue) -> _Dot:
    low = high = None
    if value.m and value.n is not None:
        low, high = (100 * end for end in interval_of(value.n, value.m))
    words = figure_in_words(value)
    return _Dot(source=source, on=on, height=_height(value), low=low, high=high, words=words)


def _height(value: MeasureValue) -> float:
    if value.m and value.n is not None:
        return 100 * value.n / value.m
    return float(value.number or 0)


def _ticks(dots: Sequence[_Dot], target: float | None, *, is_share: bool) -> Sequence[float]:
    """Return the lines of the scale: all of 0 to 100 for shares, from nought for numbers."""
    if is_share:
        return (0.0, 25.0, 50.0, 75.0, 100.0)
    heights = [dot.height for dot in dots] + ([] if target is None else [target])
    low, high = min(0.0, *heights), max(0.0, *heights)
    step = _round_step((high - low) / MOST_TICKS)
    first, last = floor(low / step), ceil(high / step)
    return [step * each for each in range(first, max(last, first + 1) + 1)]


def _round_step(rough: float) -> float:
    """Return the next of 1, 2, 5, 10, … that is at least `rough`."""
    if rough <= 0 or not isfinite(rough):
        return 1.0
    power = 10.0 ** floor(log10(rough))
    return next(power * factor for factor in (1, 2, 5, 10, 20) if power * factor >= rough)


def _tick_words(tick: float, unit: MeasureUnit) -> str:
    return f"{tick:.0f}%" if unit is MeasureUnit.N_OF_M else f"{tick:,.10g}"


def _lines(dots: Sequence[_Dot], plot: _Plot) -> Iterable[Line]:
    for source in IN_ORDER:
        marks = tuple(_mark(dot, plot) for dot in dots if dot.source is source)
        if marks:
            places = " L".join(f"{mark.x:.1f} {mark.y:.1f}" for mark in marks)
            path = f"M{places}"
            yield Line(code=source.value, name=SHORT_NAMES[source], marks=marks, path=path)


def _mark(dot: _Dot, plot: _Plot) -> Mark:
    x, y = plot.x(dot.on), plot.y(dot.height)
    return Mark(
        x=x,
        y=y,
        low=None if dot.low is None else plot.y(dot.low),
        high=None if dot.high is None else plot.y(dot.high),
        shape=_shape(dot.source, x, y),
    )


def _shape(source: FigureSource, x: float, y: float) -> str:
    """Return a diamond for the Inspectorate, a circle for the provider, a square for the region."""
    if source is FigureSource.HMIP:
        reach = MARK * 1.3
        return f"M{x:.1f} {y - reach:.1f} l{reach} {reach} l-{reach} {reach} l-{reach} -{reach}z"
    if source is FigureSource.DIP_SAMPLE:
        arc = f"a{MARK} {MARK} 0 1 0"
        return f"M{x - MARK:.1f} {y:.1f} {arc} {2 * MARK} 0 {arc} -{2 * MARK} 0z"
    side = 2 * MARK - 1
    return f"M{x - side / 2:.1f} {y - side / 2:.1f} h{side} v{side} h-{side}z"


def _days(plot: _Plot) -> Iterable[Word]:
    y = BOTTOM + 18
    first, last = govuk_month(plot.first), govuk_month(plot.last)
    if first == last:
        yield Word(x=(plot.left + RIGHT) / 2, y=y, text=first, anchor="middle")
        return
    yield Word(x=plot.left, y=y, text=first)
    yield Word(x=RIGHT, y=y, text=last, anchor="end")


def _names(lines: Iterable[Line], target_y: float | None) -> Iterable[Word]:
    """Yield the names beside the last marks and the target, in their order and apart."""
    wanted = [(line.marks[-1].y, line.name, line.code) for line in lines]
    if target_y is not None:
        wanted.append((target_y, "Target", "target"))
    wanted.sort(key=lambda each: each[0])
    for (_, name, code), y in zip(wanted, _kept_apart([each[0] for each in wanted]), strict=True):
        yield Word(x=WORDS_AT, y=y, text=name, code=code)


def _kept_apart(places: Sequence[float]) -> Sequence[float]:
    """Return the places, in order, at least a line's height apart and within the plot."""
    apart: list[float] = []
    for place in places:
        apart.append(max(place, apart[-1] + LINE_HEIGHT) if apart else max(place, TOP))
    lowest = BOTTOM
    for nth in reversed(range(len(apart))):
        apart[nth] = min(apart[nth], lowest)
        lowest = apart[nth] - LINE_HEIGHT
    return apart


def _description(measure: Measure, dots: Sequence[_Dot]) -> str:
    """Say what the picture shows to whoever does not see it; the table has every figure."""
    by_source = {
        SHORT_NAMES[source]: [dot for dot in dots if dot.source is source] for source in IN_ORDER
    }
    told = [
        f"{name}: {of_source[0].words}"
        + (f", then {of_source[-1].words}" if len(of_source) > 1 else "")
        for name, of_source in by_source.items()
        if of_source
    ]
    if measure.target is not None:
        told.append(f"Target: {measure.target_words}")
    return f"{'. '.join(told)}. Every figure is in the table."
