"""The kinds of panels of the dashboard, as Grafana's classic model wants them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Json = dict[str, Any]

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
WIDTH = 24
LEGEND = {"displayMode": "list", "placement": "bottom", "showLegend": True, "calcs": []}


def series(metric: str, *matchers: str) -> str:
    """A selector of the chosen job and instance, and more: series("up", 'source="x"')."""
    chosen = ",".join(['job=~"$job"', 'instance=~"$instance"', *matchers])
    return f"{metric}{{{chosen}}}"


def rate(metric: str, *matchers: str) -> str:
    """A second's worth of a counter."""
    return f"rate({series(metric, *matchers)}[$__rate_interval])"


def quantile(share: float, metric: str, *by: str) -> str:
    """A quantile of a histogram over the last moments."""
    return f"histogram_quantile({share}, sum by ({', '.join(['le', *by])}) ({rate(metric + '_bucket')}))"


def target(expr: str, legend: str = "", **fields: Any) -> Json:
    return {"datasource": DATASOURCE, "expr": expr, "legendFormat": legend, "range": True, **fields}


def now(expr: str, legend: str = "", **fields: Any) -> Json:
    """A target that asks for one moment: now."""
    return target(expr, legend, **{"range": False, "instant": True, **fields})


def panel(
    kind: str,
    title: str,
    description: str,
    targets: Sequence[Json],
    *,
    size: tuple[int, int],
    unit: str,
    options: Json,
    custom: Json | None = None,
    **defaults: Any,
) -> Json:
    """One panel; `size` is columns of 24 and rows, `defaults` go to all its fields."""
    fields = {"unit": unit, "mappings": [], "custom": custom or {}, **defaults}
    for ref, one in zip("ABCDEFGH", targets, strict=False):
        one["refId"] = ref
    return {
        "type": kind,
        "title": title,
        "description": description,
        "datasource": DATASOURCE,
        "gridPos": {"h": size[1], "w": size[0], "x": 0, "y": 0},
        "targets": list(targets),
        "fieldConfig": {"defaults": fields, "overrides": []},
        "options": options,
    }


def lines(
    title: str,
    description: str,
    targets: Sequence[Json],
    *,
    size: tuple[int, int] = (8, 8),
    unit: str = "short",
    stack: str = "none",
    style: str = "line",
    colours: Mapping[str, str] | None = None,
    **defaults: Any,
) -> Json:
    """Values over time. A gap is a gap: what was not measured is not joined."""
    custom = {
        "drawStyle": style,
        "fillOpacity": 60 if stack != "none" or style == "bars" else 8,
        "lineWidth": 1,
        "showPoints": "auto",
        "pointSize": 4,
        "spanNulls": False,
        "stacking": {"mode": stack, "group": "A"},
        "thresholdsStyle": {"mode": "line" if "thresholds" in defaults else "off"},
    }
    made = panel(
        "timeseries",
        title,
        description,
        targets,
        size=size,
        unit=unit,
        options={"legend": LEGEND, "tooltip": {"mode": "multi", "sort": "desc"}},
        custom=custom,
        color={"mode": "palette-classic"},
        **defaults,
    )
    made["fieldConfig"]["overrides"] = [
        {
            "matcher": {"id": "byName", "options": name},
            "properties": [{"id": "color", "value": {"mode": "fixed", "fixedColor": colour}}],
        }
        for name, colour in (colours or {}).items()
    ]
    return made


def stat(
    title: str,
    description: str,
    targets: Sequence[Json],
    *,
    size: tuple[int, int] = (6, 5),
    unit: str = "short",
    **defaults: Any,
) -> Json:
    """Large values of this moment."""
    options = {
        "colorMode": "background" if "mappings" in defaults or "thresholds" in defaults else "value",
        "graphMode": "none",
        "justifyMode": "auto",
        "orientation": "auto",
        "textMode": "value_and_name",
        "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
    }
    return panel(
        "stat",
        title,
        description,
        targets,
        size=size,
        unit=unit,
        options=options,
        color={"mode": "thresholds"},
        **defaults,
    )


def bars(
    title: str,
    description: str,
    targets: Sequence[Json],
    *,
    size: tuple[int, int] = (8, 8),
    unit: str = "short",
    bad_from: float | None = None,
) -> Json:
    """One bar a series, as it stands now; red from `bad_from` on."""
    options = {
        "displayMode": "basic",
        "orientation": "horizontal",
        "minVizHeight": 16,
        "minVizWidth": 8,
        "showUnfilled": True,
        "valueMode": "color",
        "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
    }
    steps = limits((None, "blue")) if bad_from is None else limits((None, "green"), (bad_from, "red"))
    return panel(
        "bargauge",
        title,
        description,
        targets,
        size=size,
        unit=unit,
        options=options,
        min=0,
        decimals=0,
        color={"mode": "thresholds"},
        thresholds=steps,
    )


def states(
    title: str,
    description: str,
    targets: Sequence[Json],
    mappings: Sequence[Json],
    *,
    size: tuple[int, int] = (24, 6),
) -> Json:
    """A band a series whose colour is its state."""
    options = {
        "alignValue": "left",
        "mergeValues": True,
        "rowHeight": 0.85,
        "showValue": "auto",
        "legend": {**LEGEND, "showLegend": False},
        "tooltip": {"mode": "single", "sort": "none"},
    }
    return panel(
        "state-timeline",
        title,
        description,
        targets,
        size=size,
        unit="none",
        options=options,
        custom={"fillOpacity": 75, "lineWidth": 0, "spanNulls": False},
        mappings=mappings,
    )


def heatmap(title: str, description: str, expr: str, *, size: tuple[int, int] = (8, 8)) -> Json:
    """The buckets of a histogram over time; needs neither sum nor count."""
    options = {
        "calculate": False,
        "cellGap": 1,
        "color": {"mode": "scheme", "scheme": "Blues", "steps": 64, "reverse": False, "exponent": 0.5},
        "filterValues": {"le": 1e-9},
        "legend": {"show": False},
        "rowsFrame": {"layout": "le"},
        "tooltip": {"mode": "single", "yHistogram": False, "showColorScale": False},
        "yAxis": {"axisPlacement": "left", "reverse": False, "unit": "short"},
    }
    targets = [target(expr, "{{le}}", format="heatmap")]
    return panel("heatmap", title, description, targets, size=size, unit="short", options=options)


def table(
    title: str,
    description: str,
    targets: Sequence[Json],
    *,
    columns: Mapping[str, str],
    size: tuple[int, int] = (8, 8),
    unit: str = "none",
    **defaults: Any,
) -> Json:
    """A row a series; `columns` are the fields that stay, in order, with their headings."""
    for one in targets:
        one["format"] = "table"
    made = panel(
        "table",
        title,
        description,
        targets,
        size=size,
        unit=unit,
        options={"cellHeight": "sm", "showHeader": True},
        custom={"align": "auto", "cellOptions": {"type": "auto"}, "filterable": False},
        **defaults,
    )
    made["transformations"] = [
        {"id": "merge", "options": {}},
        {"id": "filterFieldsByName", "options": {"include": {"names": list(columns)}}},
        {
            "id": "organize",
            "options": {
                "excludeByName": {},
                "indexByName": {name: place for place, name in enumerate(columns)},
                "renameByName": dict(columns),
            },
        },
    ]
    return made


def mapped(values: Mapping[float, tuple[str, str]]) -> list[Json]:
    """Value mappings: number to word and colour."""
    options = {
        f"{number:g}": {"text": word, "color": colour, "index": index}
        for index, (number, (word, colour)) in enumerate(values.items())
    }
    return [{"type": "value", "options": options}]


def limits(*steps: tuple[float | None, str]) -> Json:
    """Colours from a value on; the first has none."""
    return {"mode": "absolute", "steps": [{"value": value, "color": colour} for value, colour in steps]}


def lay_out(rows: Mapping[str, Sequence[Json]]) -> Iterator[Json]:
    """Rows with their panels, each with an id and its place: from left to right, then below the tallest."""
    y, id = 0, 0
    for title, panels in rows.items():
        id += 1
        place = {"h": 1, "w": WIDTH, "x": 0, "y": y}
        yield {"type": "row", "id": id, "title": title, "collapsed": False, "panels": [], "gridPos": place}
        x, tallest, y = 0, 0, y + 1
        for one in panels:
            id += 1
            width, height = one["gridPos"]["w"], one["gridPos"]["h"]
            if x + width > WIDTH:
                x, y, tallest = 0, y + tallest, 0
            yield {"id": id, **one, "gridPos": {"h": height, "w": width, "x": x, "y": y}}
            x, tallest = x + width, max(tallest, height)
        y += tallest
