// Calls the REST interface as the page: the header is what no page of another origin can send.
export async function call(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: { "Stowage-Page": "1", Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  const json = text ? JSON.parse(text) : null;
  if (answer.ok) return json;
  const problem = new Error(json?.detail ?? `the control plane answered ${answer.status}`);
  problem.faults = json?.errors ?? [];
  throw problem;
}

/** Says something where a screen reader hears it. */
export function tell(where, text, kind) {
  where.hidden = false;
  where.className = `told ${kind}`;
  where.replaceChildren(...(Array.isArray(text) ? text : [text]));
}

export function tellProblem(where, problem) {
  const lines = problem.faults?.length ? problem.faults.map(fault => fault.message ?? String(fault)) : [problem.message];
  tell(where, lines.map(line => Object.assign(document.createElement("p"), { textContent: line })), "bad");
}

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";
export function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
