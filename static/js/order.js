// Sections dragged into another order; the buttons beside each do the same without a pointer, and without this script.
(() => {
  "use strict";
  document.querySelectorAll("form[data-order]").forEach((form) => {
    const list = form.querySelector("ol");
    let held = null, before = "";
    const order = () => [...list.children].map((row) => row.dataset.key);
    [...list.children].forEach((row) => { row.draggable = true; });
    list.addEventListener("dragstart", (event) => {
      held = event.target.closest("li");
      if (!held) return;
      before = order().join();
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", held.dataset.key);
      held.dataset.held = "";
    });
    list.addEventListener("dragover", (event) => {
      const over = event.target.closest("li");
      if (!held || !over) return;
      event.preventDefault();
      if (over === held) return;
      const box = over.getBoundingClientRect();
      list.insertBefore(held, event.clientY < box.top + box.height / 2 ? over : over.nextSibling);
    });
    list.addEventListener("drop", (event) => event.preventDefault());
    list.addEventListener("dragend", () => {
      if (!held) return;
      delete held.dataset.held;
      held = null;
      if (order().join() === before) return;
      order().forEach((key) => {
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name: "order", value: key });
        form.append(field);
      });
      form.requestSubmit();
    });
  });

  // After a move the same button is where the keyboard goes on; at an end, the other one.
  const moved = /^#(up|down)-(.+)$/.exec(decodeURIComponent(location.hash));
  if (moved) {
    const same = document.getElementById(`${moved[1]}-${moved[2]}`);
    const other = document.getElementById(`${moved[1] === "up" ? "down" : "up"}-${moved[2]}`);
    (same?.disabled ? other : same)?.focus();
  }
})();
