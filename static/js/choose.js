// A list of choices under what one types: the search of the bar, and names after an @ in a comment. Without this script
// the search is a page, and names are written by hand.
(() => {
  "use strict";

  class Choices {
    constructor(field, list, says) {
      Object.assign(this, { field, list, says, asked: 0, at: -1 });
      field.setAttribute("aria-controls", list.id);
      field.setAttribute("aria-autocomplete", "list");
      field.addEventListener("keydown", (event) => this.key(event));
      field.addEventListener("blur", () => this.shut());
      list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
      list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]:not([aria-disabled])");
        if (option && !option.href) this.pick(option);
      });
    }

    get options() { return [...this.list.querySelectorAll("[role=option]:not([aria-disabled])")]; }

    get open() { return !this.list.hidden; }

    ask(url, wait = 120) {
      const mine = ++this.asked;
      setTimeout(async () => {
        if (mine !== this.asked) return;
        const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
        if (mine !== this.asked || !answer?.ok || answer.redirected) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (mine === this.asked) this.show([...page.body.childNodes]);
      }, wait);
    }

    show(nodes) {
      this.list.replaceChildren(...nodes);
      this.list.hidden = false;
      this.mark(-1);
      this.expanded(true);
      if (this.says) this.says.textContent = String(this.options.length);
    }

    shut() {
      this.asked += 1;
      this.list.hidden = true;
      this.mark(-1);
      this.expanded(false);
    }

    expanded(is) {
      if (this.field.getAttribute("role") === "combobox") this.field.setAttribute("aria-expanded", String(is));
    }

    mark(at) {
      this.at = at;
      this.options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      const marked = this.options[at];
      if (marked) {
        this.field.setAttribute("aria-activedescendant", marked.id);
        marked.scrollIntoView({ block: "nearest" });
      } else this.field.removeAttribute("aria-activedescendant");
    }

    key(event) {
      if (event.key === "Escape" && this.open) { this.shut(); event.preventDefault(); event.stopPropagation(); return; }
      if (!this.open || !this.options.length || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const last = this.options.length - 1;
      const to = { ArrowDown: this.at >= last ? 0 : this.at + 1, ArrowUp: this.at <= 0 ? last : this.at - 1 }[event.key];
      if (to !== undefined) { this.mark(to); event.preventDefault(); return; }
      const marked = this.options[this.at] ?? (this.firstByItself ? this.options[0] : null);
      if (marked && (event.key === "Enter" || (event.key === "Tab" && this.firstByItself))) {
        event.preventDefault();
        this.pick(marked);
      }
    }
  }

  // The search of the bar, as a list of commands.
  const find = document.querySelector("[data-find]");
  const palette = document.getElementById("palette");
  if (find && palette) {
    find.type = "text";
    find.setAttribute("role", "combobox");
    find.setAttribute("aria-expanded", "false");
    const choices = new Choices(find, palette, document.getElementById("palette-says"));
    choices.pick = (option) => { location.href = option.href; };
    const ask = () => choices.ask(`${palette.dataset.url}?q=${encodeURIComponent(find.value)}`);
    find.addEventListener("input", ask);
    find.addEventListener("focus", ask);
  }

  // Names after an @.
  document.querySelectorAll("[data-suggest-for]").forEach((place) => {
    const field = document.getElementById(place.dataset.suggestFor);
    const list = place.querySelector("[role=listbox]");
    if (!field || !list) return;
    const choices = new Choices(field, list, place.querySelector("[role=status]"));
    const begun = () => /(?:^|[\s(,;])@([\p{L}\p{N}._'’-]*)$/u.exec(field.value.slice(0, field.selectionStart));
    choices.firstByItself = true;
    choices.pick = (option) => {
      const found = begun();
      if (!found) return choices.shut();
      const end = field.selectionStart;
      field.setRangeText(`${option.dataset.insert} `, end - found[1].length, end, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      return choices.shut();
    };
    field.addEventListener("input", () => {
      const found = begun();
      if (found) choices.ask(`${place.dataset.suggestUrl}?q=${encodeURIComponent(found[1])}`);
      else choices.shut();
    });
  });
})();
