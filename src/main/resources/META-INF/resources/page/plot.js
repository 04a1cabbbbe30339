import { element, svg } from "./api.js";

const [HEIGHT, LEFT, BOTTOM] = [150, 46, 18];
const brief = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

/** Draws points of a series in a row, of as many as counted; many are drawn as the least and the most of each pixel. */
export function plot(where, points, name, label, count = points.length) {
  if (points.length < 2) {
    where.replaceChildren(element("p", { class: "soft" }, points.length ? `One value: ${points[0].value}` : "No value yet."));
    return;
  }
  const width = Math.max(280, where.clientWidth);
  const values = points.map(point => point.value);
  let least = values[0];
  let most = values[0];
  for (const value of values) { if (value < least) least = value; if (value > most) most = value; }
  if (least === most) { least -= 1; most += 1; }
  const x = i => LEFT + (i / (points.length - 1)) * (width - LEFT - 8);
  const y = value => 8 + (1 - (value - least) / (most - least)) * (HEIGHT - BOTTOM - 14);
  const thin = Math.ceil(points.length / (width - LEFT));
  const path = [];
  for (let i = 0; i < points.length; i += thin) {
    const part = values.slice(i, i + thin);
    path.push(`${x(i).toFixed(1)},${y(Math.min(...part)).toFixed(1)}`);
    if (thin > 1) path.push(`${x(i).toFixed(1)},${y(Math.max(...part)).toFixed(1)}`);
  }
  const drawing = svg("svg", { class: "plot", viewBox: `0 0 ${width} ${HEIGHT}`, role: "img" });
  const said = `${label}: ${count} values from ${least} to ${most}, last ${values.at(-1)}`;
  drawing.setAttribute("aria-label", said);
  for (const value of [least, (least + most) / 2, most]) {
    drawing.append(svg("line", { x1: LEFT, x2: width, y1: y(value), y2: y(value) }), text(0, y(value) + 4, brief.format(value)));
  }
  drawing.append(text(LEFT, HEIGHT - 3, name(points[0])), text(width - 8, HEIGHT - 3, name(points.at(-1)), "end"));
  drawing.append(svg("path", { d: `M${path.join("L")}` }));
  if (points.length <= 120) {
    points.forEach((point, i) => drawing.append(svg("circle", { cx: x(i), cy: y(point.value), r: 2.5 }, svg("title", {}, `${name(point)}: ${point.value}`))));
  }
  where.replaceChildren(drawing);
}

function text(x, y, says, anchor = "start") {
  return svg("text", { x, y, "text-anchor": anchor }, says);
}
