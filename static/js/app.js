// What pages gain where scripts run; without it everything still works. No inline handlers: all by delegation.
(() => {
  "use strict";
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

  // Search: "/" and Ctrl-K lead to it; j and k move through a list, as in mail; "?" says all that.
  document.addEventListener("keydown", (event) => {
    const find = document.querySelector("[data-find]");
    if (find && ((event.key === "/" && !typing(event.target)) || (event.key === "k" && (event.ctrlKey || event.metaKey)))) {
      event.preventDefault();
      find.focus();
      find.select();
      return;
    }
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow") && event.target.matches("[data-board] .card > a")) {
      event.preventDefault();
      step(event.target, event.key);
    }
    if (event.key === "?") document.getElementById("shortcuts")?.showModal();
    if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
    if (event.key === "Escape") document.querySelectorAll("details.menu[open]").forEach((menu) => menu.removeAttribute("open"));
  });

  // The board: up and down within a state, left and right to the next that holds something.
  function step(from, key) {
    const lanes = [...from.closest("[data-board]").querySelectorAll(".board__list")].map((lane) => [...lane.querySelectorAll(".card > a")]);
    const at = lanes.findIndex((lane) => lane.includes(from)), row = lanes[at].indexOf(from);
    const lane = lanes[at + (key === "ArrowRight") - (key === "ArrowLeft")] ?? lanes[at];
    const wanted = row + (key === "ArrowDown") - (key === "ArrowUp");
    lane[Math.min(Math.max(wanted, 0), lane.length - 1)].focus();
  }

  function move(by) {
    const links = [...document.querySelectorAll("[data-list] tbody th a, .queue__what > a")];
    const at = links.indexOf(document.activeElement);
    links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
  }

  document.addEventListener("click", (event) => {
    // A menu shuts when one clicks beside it.
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.removeAttribute("open");
    });
    // Browsers that do not know command and commandfor yet.
    const opener = event.target.closest("button[commandfor]");
    if (opener && !("commandForElement" in HTMLButtonElement.prototype)) {
      const dialog = document.getElementById(opener.getAttribute("commandfor"));
      if (opener.getAttribute("command") === "show-modal") dialog?.showModal();
      if (opener.getAttribute("command") === "close") dialog?.close();
    }
  });

  // A button that copies the words of another element; where the browser does not let it, they are chosen, to be copied by hand.
  document.addEventListener("click", async (event) => {
    const copier = event.target.closest("[data-copy]"), source = copier && document.getElementById(copier.dataset.copy);
    if (!source) return;
    getSelection().selectAllChildren(source);
    try {
      await navigator.clipboard.writeText(source.textContent);
      copier.dataset.done = "";
    } catch { /* the words are chosen */ }
  });

  // One tick for all rows of a page; the bar below says how many are chosen.
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-pick-all], input[name=pick]")) return;
    const form = event.target.closest("form"), picks = [...form.querySelectorAll("input[name=pick]")];
    if (event.target.matches("[data-pick-all]")) picks.forEach((pick) => { pick.checked = event.target.checked; });
    const number = form.querySelector("[data-picked]");
    if (number) number.textContent = ` (${picks.filter((pick) => pick.checked).length})`;
  });

  // Words typed against words allowed; the sentence stands in the page, only its figure moves.
  const count = (field) => {
    const says = document.querySelector(`[data-count-for="${CSS.escape(field.id)}"]`);
    const limit = Number(field.dataset.words);
    const words = field.value.trim() ? field.value.trim().split(/\s+/).length : 0;
    if (!says) return;
    says.dataset.sentence ??= says.textContent;
    says.textContent = `${says.dataset.sentence} ${words} / ${limit}`;
    says.classList.toggle("toned", words > limit);
    says.dataset.tone = words > limit ? "bad" : "neutral";
  };
  document.addEventListener("input", (event) => {
    const field = event.target.closest("[data-words]");
    if (field) count(field);
  });
  document.querySelectorAll("[data-words]").forEach(count);

  // A day on a weekend is worth a look; nothing is refused for it.
  document.addEventListener("input", (event) => {
    const field = event.target.closest("[data-weekend]");
    if (!field) return;
    const day = field.valueAsDate?.getUTCDay();
    const says = field.nextElementSibling?.matches("[data-hint]") ? field.nextElementSibling : document.createElement("p");
    says.className = "field__help"; says.dataset.hint = ""; says.role = "status";
    if (!says.isConnected) field.after(says);
    says.textContent = day === 0 || day === 6 ? field.dataset.weekend : "";
  });

  // The same form sent twice by a double click: the second is not sent. The server would know it by its key anyway.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 4000);
  });

  // The error summary is where reading goes on after a form came back.
  const wrong = document.querySelector("[data-focus]");
  if (wrong) { wrong.tabIndex = -1; wrong.focus({ preventScroll: false }); }

  // Codes and keys in fields that only copy.
  document.addEventListener("focusin", (event) => { if (event.target.matches("[data-select]")) event.target.select(); });
})();
