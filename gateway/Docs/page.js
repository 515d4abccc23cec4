"use strict";
// Sends a try-it form to this same server and shows status, headers that matter, and body.
const key = document.getElementById("key");
for (const form of document.querySelectorAll("form.try")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    const answer = form.querySelector("output");
    const query = new URLSearchParams();
    let path = form.dataset.path;
    for (const input of form.querySelectorAll("input[data-in]")) {
      if (input.dataset.in === "path") path = path.replace(`{${input.name}}`, encodeURIComponent(input.value));
      else if (input.value !== "") query.append(input.name, input.value);
    }
    const headers = {};
    if (key.value !== "") headers.Authorization = `Bearer ${key.value.trim()}`;
    const body = form.querySelector("textarea");
    if (body) headers["Content-Type"] = "application/json";
    button.disabled = true;
    answer.textContent = "waiting …";
    try {
      const text = query.toString();
      const response = await fetch(text ? `${path}?${text}` : path, { method: form.dataset.verb, headers, body: body ? body.value : undefined });
      const raw = await response.text();
      let shown = raw;
      try { shown = JSON.stringify(JSON.parse(raw), null, 2); } catch { /* not JSON: shown as it came */ }
      const lines = ["x-request-id", "x-ratelimit-remaining", "retry-after", "server-timing"].filter((name) => response.headers.has(name)).map((name) => `${name}: ${response.headers.get(name)}`);
      answer.textContent = `${response.status} ${response.statusText}\n${lines.join("\n")}\n\n${shown}`;
    } catch (error) {
      answer.textContent = `no answer: ${error.message}`;
    } finally {
      button.disabled = false;
    }
  });
}
