// What somebody types is kept on the server, a person and form, and offered again. Without this file nothing is kept.
// A form that names its draft (`<input type="hidden" name="draft">`) takes part.
"use strict";
(() => {
  const words = document.getElementById("draft-words")?.dataset;
  if (!words) return;
  const SILENT = new Set(["draft", "csrfmiddlewaretoken", "ask"]);
  const WAIT = 1500;

  const fieldsOf = (form) =>
    [...form.elements].filter((item) => item.name && !SILENT.has(item.name) && !["hidden", "file", "password", "submit", "button"].includes(item.type));
  const textOf = (field) => (["checkbox", "radio"].includes(field.type) ? (field.checked ? field.value : "") : field.value);
  const contentOf = (form) => fieldsOf(form).map((field) => [field.name, textOf(field)]);
  function lettersOf(form, content) {
    const written = new Set(fieldsOf(form).filter((field) => ["textarea", "text"].includes(field.type)).map((field) => field.name));
    return content.reduce((sum, [name, text]) => sum + (written.has(name) ? text.replace(/\s/g, "").length : 0), 0);
  }

  function put(form, content) {
    const left = [...content];
    for (const field of fieldsOf(form)) {
      const at = left.findIndex(([name]) => name === field.name);
      if (at < 0) continue;
      const [[, text]] = left.splice(at, 1);
      if (["checkbox", "radio"].includes(field.type)) field.checked = text === field.value;
      else field.value = text;
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function take(form) {
    const name = form.elements.namedItem("draft").value;
    const token = form.elements.namedItem("csrfmiddlewaretoken").value;
    const bar = document.createElement("p");
    bar.className = "kept-draft";
    bar.setAttribute("role", "status");
    const shown = JSON.stringify(contentOf(form));
    let version = 0, waiting = 0, stopped = false, sent = false, pending = 0, keeping = Promise.resolve();

    const say = (...parts) => {
      bar.replaceChildren(...parts);
      if (!bar.isConnected) form.prepend(bar);
    };
    function button(text, act) {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "plain";
      made.textContent = text;
      made.addEventListener("click", act);
      return made;
    }
    const send = (address, given) =>
      fetch(address, { method: "POST", headers: { "X-CSRFToken": token, Accept: "application/json" }, redirect: "manual", body: new URLSearchParams({ form: name, ...given }) });

    // One after the other: each names the version that the one before it made.
    function keep() {
      clearTimeout(waiting);
      waiting = 0;
      pending += 1;
      keeping = keeping.then(store).finally(() => { pending -= 1; });
      return keeping;
    }

    async function store() {
      if (stopped || sent) return;
      try {
        const answer = await send(words.address, { version, content: JSON.stringify(contentOf(form)) });
        if (answer.type === "opaqueredirect" || answer.status === 403) { say(words.ended); return; }
        const told = await answer.json();
        if (answer.status === 409) choose(told);
        else if (answer.ok) { version = told.version; say(words.kept.replace("{at}", told.at)); }
        else say(told.sentence);
      } catch {
        say(words.unreachable);
      }
    }

    // Another page has kept the form: nothing is written over before somebody has chosen.
    function choose(told) {
      stopped = true;
      say(`${told.sentence}（${told.at}） `,
        button(words.theirs, () => { put(form, told.content); version = told.version; stopped = false; say(words.restored); }),
        " ", button(words.mine, () => { version = told.version; stopped = false; keep(); }));
    }

    function later() {
      clearTimeout(waiting);
      waiting = setTimeout(keep, WAIT);
    }

    async function offer() {
      try {
        const answer = await fetch(`${words.address}?${new URLSearchParams({ form: name })}`, { redirect: "manual" });
        if (!answer.ok) return;
        const told = await answer.json();
        version = told.version;
        if (!told.content || JSON.stringify(told.content) === shown) return;
        // Until somebody has chosen, what they type is not kept over what was kept.
        stopped = true;
        say(words.found.replace("{at}", told.at).replace("{n}", lettersOf(form, told.content)), " ",
          button(words.restore, () => { put(form, told.content); stopped = false; say(words.restored); }), " ",
          button(words.drop, async () => { await send(words.drops, {}); version = 0; stopped = false; bar.remove(); }));
      } catch {
        // without the server one types on
      }
    }

    form.addEventListener("input", (event) => { if (event.isTrusted || !stopped) later(); });
    form.addEventListener("submit", () => { sent = true; clearTimeout(waiting); });
    offer();
    return { form, keep, unkept: () => (waiting || pending) && !stopped && !sent };
  }

  const taken = [...document.querySelectorAll("form input[name=draft]")].map((field) => take(field.form));

  // Another form of the page is sent while something is written here: first it is kept, so that the server can say that it
  // was not sent.
  document.addEventListener("submit", async (event) => {
    const left = taken.filter((one) => one.form !== event.target && one.unkept());
    if (event.defaultPrevented || !left.length) return;
    event.preventDefault();
    await Promise.all(left.map((one) => one.keep()));
    event.target.requestSubmit(event.submitter);
  });
})();
