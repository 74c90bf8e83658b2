// Draws each picture of the page from the table beside it. Without this script the words and the
// table still say everything. Colours are those of the site; lights are told by words too.
"use strict";
(() => {
  const INK = "#1d2226", LINE = "#cfd3d6";
  const HUES = ["#2c5270", "#b9812c", "#22603a", "#9d2a22", "#6a2c8a", "#4b7f8c"];
  const FONT = getComputedStyle(document.body).fontFamily;
  const text = { color: INK, fontFamily: FONT };

  const axes = (names, across) => {
    const words = { type: "category", data: names, axisLabel: { ...text, overflow: "truncate", width: 110, interval: across ? 0 : "auto" }, axisLine: { lineStyle: { color: LINE } } };
    const numbers = { type: "value", axisLabel: text, splitLine: { lineStyle: { color: LINE } } };
    return across ? { yAxis: { ...words, inverse: true }, xAxis: numbers } : { xAxis: words, yAxis: numbers };
  };
  const series = (data, type, from = 1) => data.head.slice(from).map((name, at) => ({
    type, name, data: data.rows.map((row) => row[at + from]), symbolSize: 7,
    lineStyle: { width: 3, type: at ? "dashed" : "solid" },
  }));
  const usual = (data) => ({
    textStyle: text, color: HUES, animation: false, aria: { enabled: true, decal: { show: true } },
    grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
    legend: { top: 4, textStyle: text }, tooltip: { trigger: "axis", renderMode: "richText" },
  });

  const DRAWINGS = {
    bars: (data) => ({ ...usual(data), ...axes(data.rows.map((row) => row[0]), data.rows.length > 6), series: series(data, "bar") }),
    columns: (data) => {
      const named = data.rows.map((row) => (typeof row[1] === "string" ? `${row[0]} ${row[1]}` : row[0]));
      const at = typeof (data.rows[0] || [])[1] === "string" ? 2 : 1;
      return { ...usual(data), legend: undefined, ...axes(named, named.length > 8 || at === 2),
        series: [{ type: "bar", name: data.head[at], data: data.rows.map((row) => row[at]), label: { show: true, position: "right", ...text } }] };
    },
    lines: (data) => {
      // Shares are drawn; counts and money stay in the table.
      const shares = data.head.map((name, at) => at).filter((at) => data.head[at].includes("%"));
      return { ...usual(data), ...axes(data.rows.map((row) => row[0]), false),
        series: shares.map((at, order) => ({ type: "line", name: data.head[at], symbolSize: 7,
          lineStyle: { width: 3, type: order ? "dashed" : "solid" }, data: data.rows.map((row) => row[at]) })) };
    },
    treemap: (data) => {
      const units = new Map();
      for (const [unit, category, money] of data.rows) {
        if (!units.has(unit)) units.set(unit, []);
        units.get(unit).push({ name: category, value: money });
      }
      const tree = units.size === 1 ? [...units.values()][0] : [...units].map(([name, children]) => ({ name, children }));
      return { ...usual(data), legend: undefined, tooltip: { renderMode: "richText", formatter: (item) => `${item.name}\n${item.value.toLocaleString()}` },
        series: [{ type: "treemap", data: tree, roam: false, nodeClick: false, breadcrumb: { show: false }, top: 8, left: 0, right: 0, bottom: 0,
          label: { fontFamily: FONT, fontSize: 13, overflow: "break" }, upperLabel: { show: units.size > 1, height: 22, fontFamily: FONT, color: INK },
          levels: [{ itemStyle: { gapWidth: 3 } }, { itemStyle: { gapWidth: 1, borderWidth: 2, borderColor: "#fffefb" } }] }] };
    },
    heat: (data) => {
      const cells = [];
      data.rows.forEach((row, y) => row.slice(1).forEach((share, x) => { if (share !== null) cells.push([x, y, share]); }));
      const side = { ...text, overflow: "truncate", width: 110 };
      return { ...usual(data), legend: undefined, tooltip: { renderMode: "richText" },
        xAxis: { type: "category", data: data.head.slice(1), axisLabel: text }, yAxis: { type: "category", inverse: true, data: data.rows.map((row) => row[0]), axisLabel: side },
        visualMap: { min: 0, max: 100, show: false, inRange: { color: ["#eef4ef", "#fdf3da", "#e7a59b", "#a3231b"] } },
        series: [{ type: "heatmap", data: cells, label: { show: true, formatter: (cell) => `${Math.round(cell.value[2])}`, fontFamily: FONT, color: INK, backgroundColor: "rgba(255,255,255,.6)" } }] };
    },
  };

  for (const place of document.querySelectorAll("[data-picture]")) {
    const data = JSON.parse(document.getElementById(place.dataset.picture).textContent);
    if (!data.rows.length || !window.echarts) { place.remove(); continue; }
    const chart = echarts.init(place, null, { renderer: "canvas", devicePixelRatio: Math.max(2, window.devicePixelRatio) });
    chart.setOption(DRAWINGS[data.kind](data));
    addEventListener("resize", () => chart.resize());
    addEventListener("beforeprint", () => chart.resize({ width: 640 }));
    addEventListener("afterprint", () => chart.resize({ width: "auto" }));
  }
})();
