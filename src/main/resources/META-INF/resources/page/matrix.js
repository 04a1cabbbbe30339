// The partitions of an asset as cells on one canvas: a single dimension of time by its years, months or days, several
// dimensions as bands of time by the others. 10,000 cells are one pass of rectangles.
const WORDS = { ".": "missing", m: "fresh", s: "stale", f: "failed", q: "queued", r: "running" };
const GAP = 2;

/** The partitions from one to another: of several dimensions all combinations of the ranges in each, as REST has it. */
export function between(dimensions, first, last) {
  const sizes = dimensions.map(each => each.keys.length);
  const place = index => {
    const at = [];
    for (let d = sizes.length - 1; d >= 0; d--) { at[d] = index % sizes[d]; index = Math.floor(index / sizes[d]); }
    return at;
  };
  const [one, other] = [place(first), place(last)];
  let found = [0];
  sizes.forEach((size, d) => {
    const [low, high] = [Math.min(one[d], other[d]), Math.max(one[d], other[d])];
    found = found.flatMap(index => Array.from({ length: high - low + 1 }, (_, i) => index * size + low + i));
  });
  return found;
}

/** What stands above columns: where a year begins, of days a month. */
function headings(columns, first, many) {
  const cut = (columns[first]?.length ?? 0) > 7 ? 7 : 4;
  const found = [];
  for (let i = first; i < Math.min(columns.length, first + many); i++) {
    if (i === first || columns[i].slice(0, cut) !== columns[i - 1].slice(0, cut)) found.push([i === first ? columns[i] : columns[i].slice(0, cut), i - first]);
  }
  return found;
}

export class Matrix {
  /** @param chosen called with the first and the last index of what is chosen, or null */
  constructor(canvas, here, chosen, opened) {
    Object.assign(this, { canvas, here, chosen, opened, at: -1, anchor: -1, end: -1, keys: [], states: "", cells: [] });
    this.tip = document.createElement("div");
    this.tip.className = "tip";
    this.tip.hidden = true;
    canvas.parentElement.append(this.tip);
    canvas.addEventListener("keydown", event => this.key(event));
    canvas.addEventListener("pointerdown", event => this.press(event));
    canvas.addEventListener("pointermove", event => this.move(event));
    canvas.addEventListener("pointerup", () => { this.pressed = false; });
    canvas.addEventListener("pointerleave", () => { this.tip.hidden = true; });
    canvas.addEventListener("dblclick", () => this.at >= 0 && this.opened(this.keys[this.at]));
    canvas.addEventListener("focus", () => { if (this.at < 0) this.go(this.keys.length - 1, false); });
    new ResizeObserver(() => this.draw()).observe(canvas.parentElement);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  show({ dimensions, keys, states }) {
    Object.assign(this, { dimensions, keys, states });
    this.lines = this.arrange();
    this.draw();
  }

  /** Lines of cells with what stands before them; a line is wrapped where it is too long. */
  arrange() {
    if (this.dimensions.length === 1) {
      const { time, keys } = this.dimensions[0];
      const cut = !time ? 0 : /T|:/.test(keys[0] ?? "") || (keys[0]?.length ?? 0) > 10 ? 10 : (keys[0]?.length ?? 0) > 7 ? 7 : 4;
      const lines = [];
      keys.forEach((key, i) => {
        const name = key.slice(0, cut);
        if (!lines.length || lines.at(-1).name !== name) lines.push({ name, cells: [] });
        lines.at(-1).cells.push(i);
      });
      return [{ lines, wrap: cut === 0 || lines.length === this.keys.length }];
    }
    // columns along time (or the longest dimension), a line for each combination of the others
    const sizes = this.dimensions.map(each => each.keys.length);
    let along = this.dimensions.findIndex(each => each.time);
    if (along < 0) along = sizes.indexOf(Math.max(...sizes));
    const lines = new Map();
    for (let i = 0; i < this.keys.length; i++) {
      let rest = i;
      const place = [];
      for (let d = sizes.length - 1; d >= 0; d--) { place[d] = rest % sizes[d]; rest = Math.floor(rest / sizes[d]); }
      const name = this.dimensions.map((each, d) => (d === along ? null : each.keys[place[d]])).filter(each => each !== null).join(" | ");
      if (!lines.has(name)) lines.set(name, { name, cells: [] });
      lines.get(name).cells[place[along]] = i;
    }
    return [{ lines: [...lines.values()], columns: this.dimensions[along].keys, wrap: true }];
  }

  draw() {
    const width = this.canvas.parentElement.clientWidth;
    if (!this.lines || !width) return;
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(`--${name}`).trim();
    const ink = { m: colour("fresh"), s: colour("stale"), f: colour("failed"), q: colour("queued"), r: colour("running"), ".": colour("line") };
    const pen = this.canvas.getContext("2d");
    const font = `12px ${getComputedStyle(this.canvas).fontFamily}`;
    pen.font = font;
    const [{ lines, columns, wrap }] = this.lines;
    const label = Math.min(width * 0.3, Math.max(...lines.map(line => pen.measureText(line.name).width)) + (lines[0].name ? 10 : 0));
    const longest = Math.max(...lines.map(line => line.cells.length));
    const many = this.keys.length;
    const size = Math.max(7, Math.min(many > 3000 ? 10 : many > 600 ? 13 : 17, wrap ? 17 : (width - label) / longest));
    const fit = Math.max(1, Math.floor((width - label) / size));
    this.cells = [];
    const bands = Math.ceil(longest / fit);
    const heading = columns ? 16 : 0;
    let y = 0;
    const names = [];
    for (let band = 0; band < bands; band++) {
      if (columns) {
        for (const [text, column] of headings(columns, band * fit, fit)) names.push([text, label + column * size, y + 11]);
        y += heading;
      }
      for (const line of lines) {
        const cells = line.cells.slice(band * fit, (band + 1) * fit);
        if (!cells.length) continue;
        if (line.name && size > 8) names.push([line.name, 0, y + size / 2 + 4]);
        cells.forEach((index, column) => { this.cells[index] = [label + column * size, y]; });
        y += size;
      }
      if (columns) y += 6;
    }
    this.size = size;
    const ratio = devicePixelRatio || 1;
    this.canvas.width = width * ratio;
    this.canvas.height = Math.max(y, size) * ratio;
    this.canvas.style.height = `${Math.max(y, size)}px`;
    pen.scale(ratio, ratio);
    pen.font = font;
    pen.fillStyle = colour("soft");
    let [free, line] = [0, -1];
    for (const [text, x, at] of names) {
      if (at === line && x < free) continue; // the one before reaches as far
      pen.fillText(text ?? "", x, at, label > 20 && x === 0 ? label - 6 : undefined);
      [free, line] = [x + pen.measureText(text ?? "").width + 8, at];
    }
    const edge = size - GAP;
    for (const [state, tone] of Object.entries(ink)) {
      pen.fillStyle = tone;
      for (let i = 0; i < many; i++) {
        if (this.states[i] === state) pen.fillRect(this.cells[i][0], this.cells[i][1], edge, edge);
      }
    }
    pen.strokeStyle = colour("ink");
    pen.lineWidth = 1.5;
    for (const i of this.anchor < 0 ? [] : between(this.dimensions, this.anchor, this.end)) pen.strokeRect(this.cells[i][0] - 0.5, this.cells[i][1] - 0.5, edge + 1, edge + 1);
    if (this.at >= 0) {
      pen.strokeStyle = colour("accent");
      pen.lineWidth = 2;
      pen.strokeRect(this.cells[this.at][0] - 1, this.cells[this.at][1] - 1, edge + 2, edge + 2);
    }
  }

  /** The first and the last of what is chosen. */
  range() {
    const all = between(this.dimensions, this.anchor, this.end);
    return [all[0], all.at(-1)];
  }

  find(event) {
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    return this.cells.findIndex(([left, top]) => x >= left && x < left + this.size && y >= top && y < top + this.size);
  }

  press(event) {
    const found = this.find(event);
    if (found < 0) return;
    this.pressed = true;
    this.go(found, event.shiftKey);
  }

  move(event) {
    const found = this.find(event);
    this.tip.hidden = found < 0;
    if (found < 0) return;
    this.tip.textContent = this.says(found);
    const [x, y] = this.cells[found];
    this.tip.style.left = `${Math.max(0, Math.min(x, this.canvas.clientWidth - this.tip.offsetWidth))}px`;
    this.tip.style.top = `${y + this.size + 4}px`;
    if (this.pressed && event.buttons && found !== this.at) this.go(found, true);
  }

  key(event) {
    const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    if (event.key === "Enter" && this.at >= 0) { event.preventDefault(); this.opened(this.keys[this.at]); return; }
    if (event.key === "Escape") { this.anchor = this.end = -1; this.draw(); this.chosen(null); return; }
    const jump = { Home: 0, End: this.keys.length - 1 }[event.key];
    if (jump === undefined && !way) return;
    event.preventDefault();
    this.go(jump ?? this.beside(way), event.shiftKey);
  }

  /** The cell that lies nearest in that direction. */
  beside([dx, dy]) {
    if (this.at < 0) return this.keys.length - 1;
    const [x, y] = this.cells[this.at];
    let best = this.at;
    let least = Infinity;
    this.cells.forEach(([left, top], i) => {
      const along = dx ? (left - x) * dx : (top - y) * dy;
      const off = dx ? Math.abs(top - y) : Math.abs(left - x);
      if (along > 0.5 && (dy || off < 0.5) && along + off * 3 < least) { least = along + off * 3; best = i; }
    });
    return best !== this.at ? best : Math.max(0, Math.min(this.keys.length - 1, this.at + dx));
  }

  go(index, extend) {
    if (index < 0 || index >= this.keys.length) return;
    this.at = index;
    if (!extend || this.anchor < 0) this.anchor = index;
    this.end = index;
    this.here.textContent = this.says(index);
    this.draw();
    this.chosen(this.range());
  }

  says(index) {
    return `${this.keys[index]}: ${WORDS[this.states[index]]}`;
  }
}
