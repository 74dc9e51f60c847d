// What makes a question easier. Everything works without this file.

// After an error, start where the message is.
document.getElementById("error-summary")?.focus();

// The title says only the number of the question, for it stays in the history. Who does not see hears
// the question with it all the same; the focus stays, so that "Quick exit" comes first.
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

// What is sent has one length, so that whoever watches the line does not tell "yes" from "no" by it.
addEventListener("formdata", ({ formData }) => {
  const length = new URLSearchParams(formData).toString().length + "&pad=".length;
  formData.append("pad", "-".repeat((512 - (length % 512)) % 512));
});
