// What makes a question easier. Everything works without this file.
"use strict";

// After an error, start where the message is.
document.getElementById("error-summary")?.focus();

// The title says only the number of the question, for it stays in the history. Who does not see hears
// the question with it all the same; the focus stays, so that "Leave quickly" comes first.
const asked = document.querySelector("form[data-question] h1");
if (asked && !document.getElementById("error-summary")) {
  const said = document.createElement("p");
  said.className = "hidden";
  said.setAttribute("aria-live", "polite");
  asked.closest("form").append(said);
  setTimeout(() => (said.textContent = asked.textContent), 300);
}

// "None of these" cannot stand beside another answer.
const boxes = [...document.querySelectorAll(".choice input[type=checkbox]")];
for (const box of boxes) {
  box.addEventListener("change", () => {
    if (!box.checked) return;
    for (const other of boxes) {
      const clash = "exclusive" in box.dataset || "exclusive" in other.dataset;
      if (other !== box && other.name === box.name && clash) other.checked = false;
    }
  });
}

// A search field above the long list of countries.
const list = document.querySelector("select[data-filter]");
if (list) {
  let all = [...list.options];
  // As people type it: without accents, spaces and signs, and whichever of two letters that look the
  // same the keyboard has, such as the Arabic and the Persian yeh.
  const alike = { ى: "ي", ی: "ي", ې: "ي", ۍ: "ي", ک: "ك", گ: "ګ", ة: "ه", ە: "ه", ı: "i" };
  const plain = (text) =>
    text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]|\p{Lm}/gu, "")
      .replace(/[ىیېۍکگةەı]/g, (letter) => alike[letter]);
  const search = document.createElement("input");
  search.type = "search";
  search.autocomplete = "off";
  search.setAttribute("aria-label", list.dataset.filter);
  search.placeholder = list.dataset.filter;
  // Who does not see the list hears what is left in it, or how much.
  const told = document.createElement("output");
  told.className = "hidden";
  search.addEventListener("input", () => {
    const wanted = plain(search.value);
    const isFound = ({ text, dataset }) =>
      [text, dataset.also ?? ""].some((name) => plain(name).includes(wanted));
    const found = all.filter(isFound);
    // Where nothing is found, the answers that are no country are the way out.
    const offered = found.length ? found : all.filter(({ value }) => !/^[A-Z]{2}$/.test(value));
    const kept = all.filter((option) => option.selected || offered.includes(option));
    list.replaceChildren(...kept);
    const names = offered.filter(({ value }) => value).map(({ text }) => text);
    told.value = wanted && (names.length > 8 ? names.length : names.join(", "));
    list.size = wanted ? Math.min(8, Math.max(2, kept.length)) : 1;
  });
  list.before(search, told);
  // On the form more of the list comes later: see form.js.
  list.addEventListener("whole", () => {
    all = [...list.options];
    if (search.value) search.dispatchEvent(new Event("input"));
  });
}

// What is sent has one length, so that whoever watches the line does not tell "yes" from "no" by it.
addEventListener("formdata", ({ formData }) => {
  const length = new URLSearchParams(formData).toString().length + "&pad=".length;
  formData.append("pad", "-".repeat((512 - (length % 512)) % 512));
});
