// Rich text where scripts run: the editor over its text box, a bar of buttons, and tokens put in where one writes.
// Without it the box takes lines as they are typed, and the server makes paragraphs and lists of them.
import * as prose from "../django_prose_editor/editor.js";

// The editor would write its own style sheet into the page, which the content policy forbids; ours is css/components/rich.css.
// An element of that name in another language of mark-up holds its place: it is found, and styles nothing.
const ours = document.createElementNS("http://www.w3.org/1998/Math/MathML", "style");
ours.setAttribute("data-tiptap-style", "");
document.head.append(ours);

const ACTS = [
  ["Bold", (chain) => chain.toggleBold(), (editor) => editor.isActive("bold")],
  ["Italic", (chain) => chain.toggleItalic(), (editor) => editor.isActive("italic")],
  ["Heading", (chain) => chain.toggleHeading({ level: 3 }), (editor) => editor.isActive("heading")],
  ["List", (chain) => chain.toggleBulletList(), (editor) => editor.isActive("bulletList")],
  ["Numbered list", (chain) => chain.toggleOrderedList(), (editor) => editor.isActive("orderedList")],
  ["Quote", (chain) => chain.toggleBlockquote(), (editor) => editor.isActive("blockquote")],
  ["Link", (chain) => chain.addLink(), (editor) => editor.isActive("link")],
  ["Undo", (chain) => chain.undo(), null],
  ["Redo", (chain) => chain.redo(), null],
];

function extensionsOf(field) {
  const wanted = JSON.parse(field.dataset.djangoProseEditorConfigurable).extensions;
  const base = [prose.Document, prose.Paragraph, prose.Text];
  const rest = Object.entries(wanted)
    .filter(([name]) => prose[name] && !["Document", "Paragraph", "Text", "Menu"].includes(name))
    .map(([name, options]) => (typeof options === "object" ? prose[name].configure(options) : prose[name]));
  return [...base, ...rest];
}

function bar(editor, words, label) {
  const row = document.createElement("div");
  row.className = "rich__bar";
  row.role = "toolbar";
  row.ariaLabel = label;
  const buttons = ACTS.map(([, act, active], place) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button", textContent: words[place], tabIndex: place ? -1 : 0 });
    button.dataset.size = "small";
    button.addEventListener("click", () => act(editor.chain().focus()).run());
    if (active) editor.on("transaction", () => { button.ariaPressed = String(active(editor)); });
    return button;
  });
  // One stop for the Tab key; arrows go from button to button.
  row.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = buttons.indexOf(document.activeElement);
    if (!by || at < 0) return;
    event.preventDefault();
    const next = buttons[(at + by + buttons.length) % buttons.length];
    buttons.forEach((button) => { button.tabIndex = button === next ? 0 : -1; });
    next.focus();
  });
  row.append(...buttons);
  return row;
}

let last = null; // where one wrote last: the editor, or a plain field
document.querySelectorAll("[data-django-prose-editor-configurable]").forEach((field) => {
  const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  const editor = prose.createTextareaEditor(field, extensionsOf(field));
  const box = editor.view.dom;
  Object.assign(box, { role: "textbox", ariaMultiLine: "true", ariaLabel: label.firstChild.textContent.trim() });
  const about = field.getAttribute("aria-describedby");
  if (about) box.setAttribute("aria-describedby", about);
  if (field.getAttribute("aria-invalid") === "true") box.setAttribute("aria-invalid", "true");
  label.addEventListener("click", (event) => { event.preventDefault(); editor.commands.focus(); });
  const words = field.dataset.rich.split("|");
  box.parentElement.prepend(bar(editor, words, box.ariaLabel));
  editor.on("focus", () => { last = { insert: (text) => editor.chain().focus().insertContent({ type: "text", text }).run() }; });
  last ??= { insert: (text) => editor.chain().focus("end").insertContent({ type: "text", text }).run() };
});

document.addEventListener("focusin", (event) => {
  const field = event.target;
  if (!field.matches("#section-form input[type=text], #section-form textarea:not([data-django-prose-editor-configurable])")) return;
  if (field.id === "read-on") return;
  last = { insert: (text) => {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  } };
});

// Each token of the list becomes a button that puts it in.
function armed(place) {
  place.querySelectorAll("code[data-token]").forEach((code) => {
    if (code.closest("button")) return;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button token" });
    button.dataset.kind = "quiet";
    button.dataset.size = "small";
    button.dataset.insert = code.dataset.token;
    code.replaceWith(button);
    button.append(code);
  });
}
armed(document);
document.addEventListener("htmx:load", (event) => armed(event.detail.elt));
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-insert]");
  if (button && last) last.insert(button.dataset.insert);
});
