// An asset's page: partitions, what is asked of them, numbers over partitions and time.
import { call, element, tell, tellProblem } from "./api.js";
import { Matrix, between } from "./matrix.js";
import { plot } from "./plot.js";
import "./live.js";

const work = document.getElementById("work");
const told = document.getElementById("told");
const ask = document.getElementById("ask");
const asset = work?.dataset.asset;
const partitioned = work?.dataset.partitioned === "true";
let states = null;

const WORDS = [["fresh", "fresh"], ["stale", "stale"], ["failed", "failed"], ["running", "running"], ["queued", "queued"], ["missing", "missing"]];

// ---- partitions ----
const matrix = partitioned && new Matrix(document.getElementById("matrix"), document.getElementById("here"), chosen, key => location.assign(`?partition=${encodeURIComponent(key)}`));

async function look() {
  try {
    const fresh = await call("GET", `/v1/partition-states?asset=${encodeURIComponent(asset)}`);
    if (states && fresh.states === states.states && fresh.keys.length === states.keys.length) return;
    const first = !states;
    states = fresh;
    matrix.show(fresh);
    document.getElementById("counts").replaceChildren(...WORDS.filter(([word]) => fresh.counts[word]).map(([word]) => element("span", {}, element("i", { class: `tone-${word}` }), `${fresh.counts[word]} ${word}`)));
    if (!first) { will(); return; }
    document.getElementById("here").textContent = fresh.keys.length ? "Choose a partition, or drag for a range; a double click shows one." : "There is no partition yet.";
    if (!ask) return;
    document.getElementById("partition-keys").replaceChildren(...fresh.keys.slice(-500).map(key => element("option", { value: key })));
    const asked = new URLSearchParams(location.search).get("partition");
    if (asked && fresh.keys.includes(asked)) matrix.go(fresh.keys.indexOf(asked), false);
    will();
  } catch (problem) {
    document.getElementById("here").textContent = problem.message;
  }
}

function chosen(range) {
  if (!ask) return;
  ask.elements.from.value = range ? states.keys[range[0]] : "";
  ask.elements.to.value = range ? states.keys[range[1]] : "";
  will();
}

/** The partitions that the form means; null where what stands there is none. */
function meant() {
  if (!partitioned) return [];
  const from = ask.elements.from.value.trim();
  const to = ask.elements.to.value.trim() || from;
  const [first, last] = from ? [states.keys.indexOf(from), states.keys.indexOf(to)] : [0, states.keys.length - 1];
  for (const [field, place] of [[ask.elements.from, first], [ask.elements.to, last]]) field.setAttribute("aria-invalid", String(place < 0));
  if (first < 0 || last < 0) return null;
  const which = ask.elements.which.value;
  // one partition that was chosen by itself is meant whatever its state is
  if (from && from === to) return [from];
  return between(states.dimensions, first, last).filter(i => which === "all" || which.includes(states.states[i])).map(i => states.keys[i]);
}

function will() {
  if (!ask || (partitioned && !states)) return;
  const partitions = meant();
  const submit = ask.querySelector("[type=submit]");
  const say = document.getElementById("will");
  if (!partitioned) return;
  submit.disabled = !partitions?.length;
  say.textContent = partitions === null ? "no such partition" : partitions.length === 0 ? "nothing to do" : partitions.length === 1 ? `1 partition: ${partitions[0]}` : `${partitions.length} partitions, as a backfill`;
}

ask?.addEventListener("input", will);
ask?.addEventListener("submit", async event => {
  event.preventDefault();
  const partitions = meant();
  if (partitions === null) return;
  const submit = ask.querySelector("[type=submit]");
  submit.disabled = true;
  const { queue } = work.dataset;
  try {
    if (partitions.length > 1) {
      const { id } = await call("POST", "/v1/backfills", { assets: [asset], partitions, queue });
      location.assign(`/backfills/${id}`);
    } else {
      const { id } = await call("POST", "/v1/runs", { assets: [asset], queue, ...(partitioned ? { partition: partitions[0] } : {}) });
      location.assign(`/runs/${id}`);
    }
  } catch (problem) {
    tellProblem(told, problem);
    submit.disabled = false;
  }
});

// ---- wipe ----
const wiping = document.getElementById("wiping");
const wipingTold = document.getElementById("wiping-told");

/** The partitions of the form, whatever their states are; null for all that there is. */
function wiped() {
  const from = partitioned ? ask.elements.from.value.trim() : "";
  if (!from) return null;
  const place = key => states.keys.indexOf(key);
  return between(states.dimensions, place(from), place(ask.elements.to.value.trim() || from)).map(i => states.keys[i]);
}

document.getElementById("wipe")?.addEventListener("click", () => {
  if (partitioned && meant() === null) return;
  const only = wiped();
  document.getElementById("wiping-what").textContent = only
    ? `All that is stored of ${only.length === 1 ? `partition ${only[0]}` : `${only.length} partitions, ${only[0]} … ${only.at(-1)},`} is removed, what is current too. The history stays.`
    : "All that is stored of it is removed, what is current too. The history stays.";
  document.getElementById("wiping-yes").disabled = true;
  wipingTold.hidden = true;
  wiping.showModal();
});
document.getElementById("wiping-no")?.addEventListener("click", () => wiping.close());
document.getElementById("wiping-dry")?.addEventListener("click", () => wipe(true));
document.getElementById("wiping-yes")?.addEventListener("click", () => wipe(false));

async function wipe(dry) {
  const yes = document.getElementById("wiping-yes");
  const only = wiped();
  yes.disabled = true;
  tell(wipingTold, "A worker looks…", "");
  try {
    const { id } = await call("POST", "/v1/runs", { kind: "wipe", assets: [asset], queue: work.dataset.queue, options: { "dry-run": dry }, ...(only ? { partitions: only } : {}) });
    const run = await ended(id);
    const events = await call("GET", `/v1/runs/${id}/events`);
    const says = events.filter(each => each.message && !["submitted", "claimed", "run_started"].includes(each.type)).map(each => element("p", {}, each.message));
    const link = element("p", {}, element("a", { href: `/runs/${id}` }, `the run ${run.state}`));
    tell(wipingTold, [...says.slice(-12), link], run.state === "succeeded" ? "good" : "bad");
    yes.disabled = !(dry && run.state === "succeeded");
  } catch (problem) {
    tellProblem(wipingTold, problem);
  }
}

async function ended(id) {
  for (;;) {
    const run = await call("GET", `/v1/runs/${id}`);
    if (run.finished_at) return run;
    await new Promise(later => setTimeout(later, 300));
  }
}

// ---- first rows ----
const preview = document.getElementById("preview");

document.getElementById("show-rows")?.addEventListener("click", async event => {
  const button = event.target;
  const rowsTold = document.getElementById("rows-told");
  const where = document.getElementById("rows");
  const { asset, queue, partition } = preview.dataset;
  button.disabled = true;
  tell(rowsTold, "A worker reads…", "in");
  try {
    const { id } = await call("POST", "/v1/runs", { kind: "preview", assets: [asset], queue, priority: 0, retry: { max_attempts: 1 }, ...(partition ? { partition } : {}) });
    const run = await ended(id);
    if (run.state !== "succeeded") throw new Error(run.error?.message ?? `the preview ${run.state}`);
    const shown = await call("GET", `/v1/runs/${id}/preview`);
    where.replaceChildren(table(shown));
    where.hidden = false;
    tell(rowsTold, `${shown.rows.length} ${shown.rows.length === 1 ? "row" : "rows"}${shown.more ? ", there are more" : ""}${shown.shortened ? "; long values are cut" : ""}`, "in");
  } catch (problem) {
    tellProblem(rowsTold, problem);
  } finally {
    button.disabled = false;
  }
});

/** Cells are text, whatever stands in them. */
function table({ columns, rows }) {
  const kind = i => columns[i].number ? { class: "num" } : {};
  return element("table", {},
    element("thead", {}, element("tr", {}, ...columns.map((column, i) => element("th", { scope: "col", ...kind(i) }, column.name)))),
    element("tbody", {}, ...rows.map(row => element("tr", {}, ...row.map((cell, i) => element("td", kind(i), cell === null ? element("span", { class: "soft" }, "null") : cell))))));
}

// ---- numbers ----
const numbers = document.getElementById("numbers");
const label = document.getElementById("label");

async function draw() {
  const series = await call("GET", `/v1/metadata-series?asset=${encodeURIComponent(numbers.dataset.asset)}&label=${encodeURIComponent(label.value)}`);
  const over = document.getElementById("over-partitions");
  if (over) plot(over, series.partitions, point => point.partition, `${label.value} over partitions`, series.partition_count);
  plot(document.getElementById("over-time"), series.history, point => point.at.slice(0, 16).replace("T", " "), `${label.value} over time`);
}

label?.addEventListener("change", draw);
if (numbers) draw();
if (partitioned) look();
document.addEventListener("refreshed", () => { if (partitioned) look(); });
