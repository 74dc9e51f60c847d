// What makes a question easier. Everything works without this file.
"use strict";

// After an error, start where the message is.
document.getElementById("error-summary")?.focus();

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
