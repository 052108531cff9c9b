"use strict";

const form = document.getElementById("console");
const status = document.getElementById("status");
const result = document.getElementById("result");
const valueOf = (id) => document.getElementById(id).value.trim();

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  result.textContent = "";
  let variables = {};
  try {
    variables = JSON.parse(valueOf("variables") || "{}");
  } catch (error) {
    status.textContent = `The variables are no JSON: ${error.message}`;
    return;
  }
  const headers = { "Accept": "application/graphql-response+json", "Content-Type": "application/json" };
  if (valueOf("key")) {
    headers.Authorization = `Bearer ${valueOf("key")}`;
  }
  status.textContent = "Asking …";
  try {
    const body = JSON.stringify({ query: valueOf("query"), variables });
    const response = await fetch(form.action, { method: "POST", headers, body });
    const answer = await response.json();
    status.textContent = answer.errors ? "Answered with errors." : "Answered.";
    result.textContent = JSON.stringify(answer, null, 2);
  } catch (error) {
    status.textContent = `No answer: ${error.message}`;
  }
});
