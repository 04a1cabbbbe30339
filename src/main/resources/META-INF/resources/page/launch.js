// The launch form: asks the control plane what a run would be while one types.
import { call, element, tell, tellProblem } from "./api.js";

const form = document.getElementById("launch");
const told = document.getElementById("told");
const submit = form.querySelector("[type=submit]");

/** Lines of name=value; throws where one is not. */
function pairs(text, what) {
  return text.split("\n").map(line => line.trim()).filter(Boolean).map(line => {
    const at = line.indexOf("=");
    if (at < 1) throw new Error(`${what} '${line}' is not name=value`);
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  });
}

function request() {
  const value = name => form.elements[name].value.trim();
  const asked = { queue: value("queue"), priority: Number(value("priority")) };
  if (value("job")) asked.job = value("job");
  const assets = value("assets").split(",").map(each => each.trim()).filter(Boolean);
  if (assets.length) asked.assets = assets;
  const [from, to] = [value("from"), value("to")];
  if (from && to && from !== to) asked.partitions = { from, to };
  else if (from) asked.partition = from;
  if (value("attempts")) asked.retry = { max_attempts: Number(value("attempts")) };
  if (value("asOf")) asked.as_of = value("asOf");
  const config = {};
  for (const [name, setting] of pairs(form.elements.config.value, "setting")) {
    const path = name.split(".");
    const last = path.pop();
    let inner = config;
    for (const part of path) inner = inner[part] ??= {};
    inner[last] = setting;
  }
  if (Object.keys(config).length) asked.config = config;
  const tags = Object.fromEntries(pairs(form.elements.tags.value, "tag"));
  if (Object.keys(tags).length) asked.tags = tags;
  return asked;
}

let turn = 0;
async function check() {
  const mine = ++turn;
  submit.disabled = true;
  try {
    const asked = request();
    if (!asked.assets && !asked.job) { tell(told, "Say what to run.", ""); return; }
    const spec = await call("POST", "/v1/runs/check", asked);
    if (mine !== turn) return;
    const lines = [
      spec.assets.length ? `${spec.assets.length} ${spec.assets.length === 1 ? "asset" : "assets"}: ${spec.assets.slice(0, 8).join(", ")}${spec.assets.length > 8 ? " …" : ""}` : `job ${spec.job_name}`,
      ...(spec.partitions.length ? [`${spec.partitions.length} ${spec.partitions.length === 1 ? "partition" : "partitions"}: ${spec.partitions[0]}${spec.partitions.length > 1 ? ` … ${spec.partitions.at(-1)}` : ""}`] : []),
    ];
    tell(told, lines.map(line => element("p", {}, line)), "good");
    submit.disabled = false;
  } catch (problem) {
    if (mine === turn) tellProblem(told, problem);
  }
}

let soon = 0;
form.addEventListener("input", () => { clearTimeout(soon); soon = setTimeout(check, 180); });
form.addEventListener("submit", async event => {
  event.preventDefault();
  submit.disabled = true;
  try {
    location.assign(`/runs/${(await call("POST", "/v1/runs", request())).id}`);
  } catch (problem) {
    tellProblem(told, problem);
    submit.disabled = false;
  }
});
if (form.elements.assets.value || form.elements.job.value) check();
