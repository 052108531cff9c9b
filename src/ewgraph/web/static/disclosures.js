// Hands a file in from the browser. The key is read from its field when it is needed, and kept nowhere else;
// for people who are signed in there is no such field: the browser sends their session along.
"use strict";

const $ = (id) => document.getElementById(id);
const form = $("hand-in");
const ENDED = { done: "It is handed in", refused: "Nothing of it could be kept", unchanged: "Nothing has changed",
  failed: "The work on it failed", cancelled: "It was stopped", withdrawn: "It was taken back" };
const STATES = { queued: "waits", running: "under way", done: "handed in", refused: "refused", unchanged: "unchanged",
  failed: "failed", cancelled: "stopped", withdrawn: "taken back" };
const STAGES = { "": "Waiting for its turn", read: "Reading the rows", validate: "Checking the rows", commit: "Keeping it" };
let current = null;
let older = null;

class Refused extends Error {}

async function call(path, options = {}) {
  const headers = { Accept: "application/json", ...options.headers };
  if ($("key")) headers.Authorization = `Bearer ${$("key").value.trim()}`;
  const reply = await fetch(path, { ...options, headers, cache: "no-store" });
  if (reply.ok) return reply;
  const problem = await reply.json().catch(() => ({}));
  const refused = new Refused(problem.detail || `The service answered ${reply.status}.`);
  refused.status = reply.status;
  throw refused;
}

function tell(error) {
  $("progress").hidden = true;
  $("problem").hidden = false;
  $("problem").querySelector("p").textContent =
    error instanceof Refused ? error.message : "The service cannot be reached. Try again in a moment.";
}

function begin() {
  $("problem").hidden = true;
  $("outcome").hidden = true;
  $("progress").hidden = false;
  show({ state: "queued", stage: "", done: 0, total: 0 });
  $("stage").textContent = "Sending the file";
  $("cancel").hidden = true;
}

function show(status) {
  const count = status.total ? `: ${status.done.toLocaleString("en")} of ${status.total.toLocaleString("en")}` : "";
  const stage = status.state === "queued" ? STAGES[""] : STAGES[status.stage] || status.stage || "Beginning";
  $("stage").textContent = (status.cancelRequested ? "Stopping" : stage) + count;
  $("cancel").hidden = false;
  if (status.total) {
    $("bar").max = status.total;
    $("bar").value = status.done;
  } else {
    $("bar").removeAttribute("value");
  }
}

function fields() {
  const given = { contract: $("contract").value, format: $("format").value, language: $("language").value,
    onBehalfOf: $("behalf").value };
  return Object.entries(given).filter(([, value]) => value.trim());
}

async function sendFile(dryRun) {
  const body = new FormData();
  for (const [name, value] of fields()) body.append(name, value.trim());
  body.append("file", $("file").files[0]);
  return (await call(`/disclosures?dryRun=${dryRun}`, { method: "POST", body })).json();
}

async function sendAgain(status) {
  const asked = { ...Object.fromEntries(fields()), sha256: status.sha256, name: status.file };
  const headers = { "Content-Type": "application/json" };
  return (await call("/disclosures", { method: "POST", headers, body: JSON.stringify(asked) })).json();
}

async function follow(status) {
  current = status;
  show(status);
  while (current === status || current.id === status.id) {
    try {
      const last = await watched(status);
      if (last) return finished(last);
    } catch (error) {
      if (error instanceof Refused) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

// EventSource cannot send a key, so the stream is read here: blocks of `field: value` lines, with an empty line after.
async function watched(status) {
  const reply = await call(status.links.events, { headers: { Accept: "text/event-stream" } });
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ""; ; ) {
    const { done, value } = await reader.read();
    if (done) return null;
    text += value;
    for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
      const event = Object.fromEntries(text.slice(0, end).split("\n").map((line) => line.split(/: ?(.*)/s).slice(0, 2)));
      if (!event.data) continue;
      const told = JSON.parse(event.data);
      if (event.event === "done") return told;
      show(told);
    }
  }
}

async function finished(status) {
  current = status;
  $("progress").hidden = true;
  await list();
  if (!status.links.report) return tell(new Refused(status.error || ENDED[status.state] + "."));
  await reveal(status);
}

async function reveal(status) {
  const tag = $("language").value;
  const page = await (await call(`${status.links["report.html"]}?lang=${tag}`, { headers: { Accept: "text/html" } })).text();
  current = status;
  const frame = $("report");
  if (frame.src.startsWith("blob:")) URL.revokeObjectURL(frame.src);
  frame.onload = () => {
    const height = frame.contentDocument ? frame.contentDocument.documentElement.scrollHeight : 0;
    frame.style.height = `${Math.min(Math.max(height + 24, 240), 1000)}px`;
  };
  $("outcome").hidden = false;
  $("outcome-title").textContent = status.dryRun ? "Checked; nothing is kept yet" : ENDED[status.state];
  $("confirm").hidden = !status.dryRun || status.state === "refused";
  frame.src = URL.createObjectURL(new Blob([page], { type: "text/html;charset=utf-8" }));
  $("outcome-title").scrollIntoView({ block: "nearest" });
}

async function download(path, name) {
  const reply = await call(path, { headers: { Accept: "*/*" } });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await reply.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

async function list(path = "/disclosures") {
  const { submissions, next } = await (await call(path)).json();
  const rows = submissions.map((status) => {
    const row = document.createElement("tr");
    for (const text of [new Date(status.createdAt).toLocaleString(), status.file,
      !status.dryRun ? STATES[status.state] : status.state === "done" ? "checked only" : `${STATES[status.state]}, checked only`]) {
      row.insertCell().textContent = text;
    }
    const cell = row.insertCell();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = status.links.report ? "Show" : ["queued", "running"].includes(status.state) ? "Follow" : "Why";
    button.setAttribute("aria-label", `${button.textContent} ${status.file}`);
    button.onclick = () => act(() => (button.textContent === "Follow" ? resume(status) : finished(status)));
    cell.append(button);
    return row;
  });
  const body = $("mine").querySelector("tbody");
  if (path === "/disclosures") body.replaceChildren(...rows);
  else body.append(...rows);
  older = next;
  $("older").hidden = !next;
  $("mine").hidden = !body.rows.length;
}

function resume(status) {
  begin();
  return follow(status);
}

async function act(work) {
  $("problem").hidden = true;
  const buttons = form.querySelectorAll("button");
  buttons.forEach((button) => (button.disabled = true));
  try {
    await work();
  } catch (error) {
    tell(error);
  } finally {
    buttons.forEach((button) => (button.disabled = false));
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const check = event.submitter.value === "check";
  act(async () => {
    begin();
    await follow(await sendFile(check));
  });
});
$("confirm").onclick = () => act(async () => {
  const checked = current;
  begin();
  await follow(await sendAgain(checked));
});
$("cancel").onclick = () => act(() => call(current.links.self, { method: "DELETE" }));
$("older").onclick = () => act(() => list(older));
if ($("key")) $("key").addEventListener("change", () => list().catch(tell));
else list().catch(tell);
$("template").onclick = () => act(() => download(
  `/disclosures/template?lang=${$("language").value}&contract=${encodeURIComponent($("contract").value.trim())}`, "disclosure.xlsx"));
for (const button of document.querySelectorAll("[data-report]")) {
  const kind = button.dataset.report;
  button.onclick = () => act(() => download(
    `${current.links.report}.${kind}?lang=${$("language").value}`, `${current.file.replace(/\.\w+$/, "")}-report.${kind}`));
}
form.hidden = false;
