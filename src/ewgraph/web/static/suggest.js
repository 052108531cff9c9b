// Suggests names while somebody types, in the list that belongs to the field. Without it the form works all the same.
"use strict";

const WAIT_MS = 200;
const LEAST_LETTERS = 2;

for (const field of document.querySelectorAll("input[data-suggest]")) {
  let timer = 0;
  let asking = null;

  const suggest = async () => {
    asking?.abort();
    asking = new AbortController();
    const asked = new URLSearchParams({ q: field.value.trim() });
    for (const name of ["kind", "country"]) {
      const value = field.form?.elements[name]?.value;
      if (value) asked.set(name, value);
    }
    try {
      const reply = await fetch(`${field.dataset.suggest}?${asked}`, {
        headers: { Accept: "application/json" }, signal: asking.signal });
      if (!reply.ok) return;
      const found = await reply.json();
      const names = new Set(found.results.map((one) => one.matched.text));
      field.list.replaceChildren(...[...names].map((name) => new Option(name, name)));
    } catch (error) {
      if (error.name !== "AbortError") field.list.replaceChildren();
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (field.value.trim().length >= LEAST_LETTERS) timer = setTimeout(suggest, WAIT_MS);
  });
}
