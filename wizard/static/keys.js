// Keys for somebody who goes through the questions with a client. Loaded in helper mode only.

const SWITCH = "keys";
const dialog = document.getElementById("keys");
const opener = document.querySelector("[data-keys]");
const all = document.querySelector("form[data-asked]");
const OPTION = ".choice input";
const CONTROL = "main form :is(.choice input, select, [role=combobox])";

let on = true;
try {
  on = sessionStorage.getItem(SWITCH) !== "off";
} catch {
  // Without storage the keys are on.
}

// Each option shows its number; who listens hears its text only.
for (const fieldset of document.querySelectorAll("main fieldset")) {
  for (const [place, option] of fieldset.querySelectorAll(OPTION).entries()) {
    const shown = document.createElement("kbd");
    shown.setAttribute("aria-hidden", "true");
    shown.textContent = place + 1;
    option.labels[0].append(shown);
  }
}

const button = dialog.querySelector("[data-switch]");
const texts = [button.textContent, button.dataset.switch];
const apply = () => {
  for (const shown of document.querySelectorAll(".choice kbd")) shown.hidden = !on;
  button.textContent = texts[on ? 0 : 1];
};
button.addEventListener("click", () => {
  on = !on;
  try {
    sessionStorage.setItem(SWITCH, on ? "on" : "off");
  } catch {
    // Then it holds for this page.
  }
  apply();
});
apply();

opener.hidden = false;
opener.addEventListener("click", () => dialog.showModal());
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());

const number = ({ key, code, shiftKey }) => {
  if (/^[1-9]$/.test(key)) return Number(key);
  // Where the row of numbers needs Shift, or writes other digits.
  const place = key.length === 1 && !shiftKey && /^Digit([1-9])$/.exec(code);
  return place ? Number(place[1]) : 0;
};

const choose = (target, event) => {
  const options = target.matches(OPTION) && target.closest("fieldset").querySelectorAll(OPTION);
  const option = options && options[number(event) - 1];
  if (!option) return false;
  option.focus();
  option.click();
  return true;
};

const first = (group) =>
  group.querySelector(".choice input:checked") ??
  group.querySelector(".choice input, [role=combobox], select");

const goOn = (target) => {
  if (!target.matches(CONTROL)) return false;
  if (!all) {
    if (!target.matches("select")) return false;
    target.form.requestSubmit();
    return true;
  }
  const groups = [...all.querySelectorAll("[data-question]")].filter(
    ({ hidden, inert }) => !hidden && !inert,
  );
  const next = groups[groups.indexOf(target.closest("[data-question]")) + 1];
  (next ? first(next) : all.querySelector(".button")).focus();
  return true;
};

addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  // A list of countries that took the key.
  if (event.defaultPrevented) return;
  if (document.querySelector("dialog[open]")) return;
  const typing = target.matches?.("input[type=text], textarea");
  const asks = (key === "?" || key === "؟") && on && !typing;
  if (asks) dialog.showModal();
  const done =
    asks ||
    (target.matches && on && choose(target, event)) ||
    (target.matches && on && key === "Enter" && goOn(target));
  if (done) event.preventDefault();
});

// On the page of one question the keys work at once.
const alone = !all && !document.getElementById("error-summary") && document.querySelector("main form");
if (alone && on) first(alone)?.focus();
