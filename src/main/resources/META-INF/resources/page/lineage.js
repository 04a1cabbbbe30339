// The graph of assets: dagre says where, this draws, moves and chooses.
import { call, svg } from "./api.js";

const canvas = document.getElementById("canvas");
const chosenSays = document.getElementById("chosen");
const find = document.getElementById("find");
const [WIDE, HIGH] = [190, 44];
const GAPS = 1.6; // islands fill the room that they are given only so far
let [view, drawing, root, nodes, edges, assets] = [{ x: 0, y: 0, scale: 1 }, null, null, new Map(), [], new Map()];

const path = key => `/assets/${key.split("/").map(encodeURIComponent).join("/")}`;

function arrange(list) {
  const graph = new dagre.graphlib.Graph({ compound: true, directed: true });
  // exact ranks cost too much where there are many
  graph.setGraph({ rankdir: "LR", nodesep: 18, ranksep: 64, marginx: 20, marginy: 20, ranker: list.length > 400 ? "longest-path" : "network-simplex" });
  graph.setDefaultEdgeLabel(() => ({}));
  const groups = new Set(list.map(asset => asset.group));
  const clustered = groups.size > 1 || list.length < 200;
  if (clustered) for (const group of groups) graph.setNode(`group ${group}`, { group });
  for (const asset of list) {
    graph.setNode(asset.asset, { width: WIDE, height: HIGH });
    if (clustered) graph.setParent(asset.asset, `group ${asset.group}`);
  }
  for (const asset of list) for (const up of asset.upstream) if (assets.has(up)) graph.setEdge(up, asset.asset);
  dagre.layout(graph);
  return graph;
}

// Groups that nothing connects; dagre would put them all into one column.
function islands(list) {
  const joined = new Map(list.map(asset => [asset.group, asset.group]));
  const shore = group => joined.get(group) === group ? group : shore(joined.get(group));
  for (const asset of list) for (const up of asset.upstream) if (assets.has(up)) joined.set(shore(assets.get(up).group), shore(asset.group));
  const found = new Map();
  for (const asset of list) {
    const group = shore(asset.group);
    found.set(group, [...(found.get(group) ?? []), asset]);
  }
  return [...found.values()];
}

// In rows, the high ones first, low ones on top of each other; about as wide as the canvas is beside its height.
function layout(list) {
  const graphs = islands(list).map(arrange).sort((a, b) => b.graph().height - a.graph().height);
  const area = graphs.reduce((sum, graph) => sum + graph.graph().width * graph.graph().height, 0);
  const most = Math.max(Math.sqrt(GAPS * area * canvas.clientWidth / canvas.clientHeight), ...graphs.map(graph => graph.graph().width));
  let [x, y, row, column, filled] = [0, 0, 0, 0, 0];
  for (const graph of graphs) {
    const { width, height } = graph.graph();
    if (filled > 0 && (filled + height > row || width > column)) [x, column, filled] = [x + column, 0, 0];
    if (x > 0 && x + width > most) [x, y, row] = [0, y + row, 0];
    shift(graph, x, y + filled);
    [row, column, filled] = [Math.max(row, height), Math.max(column, width), filled + height];
  }
  return graphs;
}

function shift(graph, x, y) {
  for (const name of graph.nodes()) { graph.node(name).x += x; graph.node(name).y += y; }
  for (const edge of graph.edges()) for (const point of graph.edge(edge).points) { point.x += x; point.y += y; }
}

function draw(graphs) {
  root = svg("g");
  drawing = svg("svg", { role: "group", "aria-label": "Lineage of assets" }, root);
  for (const graph of graphs) drawGround(graph);
  for (const graph of graphs) for (const key of graph.nodes().filter(name => assets.has(name))) drawNode(key, graph.node(key));
  canvas.prepend(drawing);
}

function drawGround(graph) {
  for (const name of graph.nodes()) {
    const node = graph.node(name);
    if (node.group === undefined) continue;
    root.append(svg("rect", { class: "cluster", x: node.x - node.width / 2, y: node.y - node.height / 2 - 8, width: node.width, height: node.height + 16, rx: 8 }),
      svg("text", { class: "cluster-name", x: node.x - node.width / 2 + 10, y: node.y - node.height / 2 + 7 }, node.group));
  }
  for (const edge of graph.edges()) {
    const [from, to] = [graph.node(edge.v), graph.node(edge.w)];
    const between = graph.edge(edge).points.slice(1, -1);
    const points = [{ x: from.x + WIDE / 2, y: from.y }, ...(between.length > 1 ? between : []), { x: to.x - WIDE / 2, y: to.y }];
    const line = svg("path", { class: "edge", d: curve(points) });
    edges.push({ from: edge.v, to: edge.w, line });
    root.append(line);
  }
}

function drawNode(key, at) {
  const asset = assets.get(key);
  const short = key.startsWith(`${asset.group}/`) ? key.slice(asset.group.length + 1) : key;
  const under = asset.partitions ? `${asset.state} · ${asset.materialized} / ${asset.partitions}` : asset.state;
  const node = svg("g", { class: `node tone-${asset.state}`, tabindex: 0, role: "link", "aria-label": `${key}, ${under}`, transform: `translate(${at.x - WIDE / 2} ${at.y - HIGH / 2})` },
    svg("rect", { class: "box", width: WIDE, height: HIGH, rx: 6 }), svg("rect", { class: "mark", x: 0, y: 8, width: 4, height: HIGH - 16, rx: 2 }),
    svg("text", { x: 14, y: 19 }, short.length > 24 ? `${short.slice(0, 23)}…` : short), svg("text", { class: "under", x: 14, y: 35 }, under), svg("title", {}, key));
  node.addEventListener("click", () => { if (!moved) choose(key); });
  node.addEventListener("dblclick", () => location.assign(path(key)));
  node.addEventListener("keydown", event => { if (event.key === "Enter") location.assign(path(key)); if (event.key === " ") { event.preventDefault(); choose(key); } });
  node.addEventListener("focus", () => choose(key));
  nodes.set(key, { node, at });
  root.append(node);
}

function curve(points) {
  const [first, ...rest] = points;
  let d = `M${first.x} ${first.y}`;
  for (let i = 0; i < rest.length; i++) {
    const before = i === 0 ? first : rest[i - 1];
    const mid = (before.x + rest[i].x) / 2;
    d += `C${mid} ${before.y} ${mid} ${rest[i].y} ${rest[i].x} ${rest[i].y}`;
  }
  return d;
}

function reach(key, from, to) {
  const found = new Set([key]);
  const open = [key];
  while (open.length) {
    const next = open.pop();
    for (const edge of edges) if (edge[from] === next && !found.has(edge[to])) { found.add(edge[to]); open.push(edge[to]); }
  }
  return found;
}

function choose(key) {
  const up = reach(key, "to", "from");
  const down = reach(key, "from", "to");
  for (const [name, { node }] of nodes) {
    node.classList.toggle("chosen", name === key);
    node.classList.toggle("far", !up.has(name) && !down.has(name));
  }
  for (const { from, to, line } of edges) {
    const near = (up.has(from) && up.has(to)) || (down.has(from) && down.has(to));
    line.classList.toggle("near", near);
    line.classList.toggle("far", !near);
  }
  const link = Object.assign(document.createElement("a"), { href: path(key), textContent: key });
  chosenSays.replaceChildren(link, ` ${assets.get(key).state} · made of ${up.size - 1}, read by ${down.size - 1}`);
}

function clear() {
  for (const { node } of nodes.values()) node.classList.remove("chosen", "far");
  for (const { line } of edges) line.classList.remove("near", "far");
  chosenSays.textContent = "Choose an asset to see what it is made of and what is made of it.";
}

// ---- moving about ----
let moved = false;
const place = () => root.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.scale})`);

function zoom(factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
  const scale = Math.min(3, Math.max(0.08, view.scale * factor));
  view = { x: x - (x - view.x) * (scale / view.scale), y: y - (y - view.y) * (scale / view.scale), scale };
  place();
}

function fit() {
  const box = root.getBBox();
  const scale = Math.min(1.25, (canvas.clientWidth - 24) / box.width, (canvas.clientHeight - 24) / box.height);
  const readable = Math.max(scale, Math.min(1, 0.35));
  view = { x: readable > scale ? 12 - box.x * readable : (canvas.clientWidth - box.width * scale) / 2 - box.x * scale, y: Math.max(12, (canvas.clientHeight - box.height * readable) / 2) - box.y * readable, scale: readable };
  place();
}

function centre(key) {
  const { at } = nodes.get(key);
  if (view.scale < 0.7) view.scale = 0.9;
  view.x = canvas.clientWidth / 2 - at.x * view.scale;
  view.y = canvas.clientHeight / 2 - at.y * view.scale;
  place();
  choose(key);
}

const touches = new Map();
function handle() {
  canvas.addEventListener("wheel", event => {
    event.preventDefault();
    const box = canvas.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * 0.0015), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  drawing.addEventListener("pointerdown", event => { touches.set(event.pointerId, event); moved = false; });
  addEventListener("pointerup", event => touches.delete(event.pointerId));
  addEventListener("pointercancel", event => touches.delete(event.pointerId));
  addEventListener("pointermove", event => {
    const before = touches.get(event.pointerId);
    if (!before) return;
    const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
    if (Math.abs(dx) + Math.abs(dy) < 3 && !moved) return;
    moved = true;
    if (touches.size === 2) {
      const other = [...touches.values()].find(each => each.pointerId !== event.pointerId);
      const apart = each => Math.hypot(each.clientX - other.clientX, each.clientY - other.clientY);
      const box = canvas.getBoundingClientRect();
      zoom(apart(event) / Math.max(1, apart(before)), (event.clientX + other.clientX) / 2 - box.left, (event.clientY + other.clientY) / 2 - box.top);
    } else {
      view.x += dx;
      view.y += dy;
      place();
    }
    touches.set(event.pointerId, event);
  });
  drawing.addEventListener("click", event => { if (!moved && !event.target.closest(".node")) clear(); });
  document.getElementById("closer").addEventListener("click", () => zoom(1.3));
  document.getElementById("farther").addEventListener("click", () => zoom(1 / 1.3));
  document.getElementById("whole").addEventListener("click", fit);
  find.addEventListener("input", () => {
    const words = find.value.toLowerCase();
    const key = assets.has(find.value) ? find.value : words.length > 2 && [...assets.keys()].find(each => each.toLowerCase().includes(words));
    if (key) centre(key);
  });
  find.addEventListener("keydown", event => { if (event.key === "Enter" && assets.has(find.value)) location.assign(path(find.value)); });
  addEventListener("resize", fit);
}

async function begin() {
  const wait = document.getElementById("wait");
  try {
    const list = await call("GET", "/v1/asset-status");
    if (!list.length) { wait.textContent = "No asset yet: start a worker, which brings its catalog."; return; }
    assets = new Map(list.map(asset => [asset.asset, asset]));
    document.getElementById("keys").replaceChildren(...list.map(asset => new Option(asset.asset)));
    draw(layout(list));
    wait.remove();
    handle();
    fit();
    const asked = new URLSearchParams(location.search).get("asset");
    if (asked && assets.has(asked)) centre(asked);
  } catch (problem) {
    wait.textContent = problem.message;
  }
}

begin();
setInterval(async () => {
  if (document.hidden || !nodes.size) return;
  for (const asset of await call("GET", "/v1/asset-status").catch(() => [])) {
    const known = nodes.get(asset.asset);
    if (!known || assets.get(asset.asset).state === asset.state) continue;
    known.node.classList.replace(`tone-${assets.get(asset.asset).state}`, `tone-${asset.state}`);
    known.node.querySelector(".under").textContent = asset.partitions ? `${asset.state} · ${asset.materialized} / ${asset.partitions}` : asset.state;
    assets.set(asset.asset, asset);
  }
}, 3000);
