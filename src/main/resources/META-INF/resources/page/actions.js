// Buttons that ask the control plane for something: data-call="POST /v1/…", data-body, data-sure, data-then.
import { call, tellProblem } from "./api.js";
import { refresh } from "./live.js";

document.addEventListener("click", async event => {
  const button = event.target.closest("button[data-call]");
  if (!button) return;
  if (button.dataset.sure && !confirm(button.dataset.sure)) return;
  const [method, path] = button.dataset.call.split(" ");
  const told = document.getElementById("told");
  button.disabled = true;
  try {
    const answer = await call(method, path, button.dataset.body ? JSON.parse(button.dataset.body) : undefined);
    if (told) told.hidden = true;
    if (button.dataset.then === "run") location.assign(`/runs/${answer.id}`);
    else await refresh();
  } catch (problem) {
    if (told) tellProblem(told, problem);
  } finally {
    button.disabled = false;
  }
});
