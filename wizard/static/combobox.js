// The question about the country: a field to type in and a list below it, in the place of the long
// select. After the ARIA Authoring Practices: an editable combobox with list autocomplete. The select
// stays what the form sends, and the whole control where there are no scripts.
//
// Nothing is chosen but what somebody chose: by Enter, a click or a touch, or by a name typed in full.

// Letters that people type in each other's place; they come with what countries are also called.
let alike = {};

// A name as people type it: without capitals, accents, spaces and signs.
const plain = (text) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]|\p{Lm}/gu, "")
    .replace(/./gu, (letter) => alike[letter] ?? letter);

// Those with a name that is what was typed, those with one that begins so, those with it inside.
const byFit = (countries, names, wanted) => {
  const isWanted = (name) => name === wanted;
  const begins = (name) => name.startsWith(wanted);
  const holds = (name) => name.includes(wanted);
  const [full, start, inside] = [isWanted, begins, holds].map((fits) =>
    countries.filter((country) => country[names].some(fits)),
  );
  return { full, start, inside };
};

// The countries that fit what was typed, the best first; and the one that is meant beyond doubt, if
// there is one: the only one that fits, or the only one with this name in full.
const search = (countries, typed) => {
  const wanted = plain(typed);
  if (!wanted) return { found: [], only: undefined };
  const shown = byFit(countries, "shown", wanted);
  const called = byFit(countries, "called", wanted);
  // In the languages of the page first; what else a country is called only where those do not begin so.
  const groups = [shown.full, called.full, shown.start];
  if (!shown.start.length) groups.push(called.start);
  groups.push(shown.inside);
  let found = [...new Set(groups.flat())];
  if (!found.length) found = called.inside;
  const [only] = [found, shown.full, shown.full.length ? [] : called.full]
    .filter(({ length }) => length === 1)
    .flat();
  return { found, only };
};

const isCountry = ({ value }) => /^[A-Z]{2}$/.test(value);

const make = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

class Combobox {
  // Stands for the select from now on.
  constructor(select) {
    this.select = select;
    this.called = {};
    this.build();
    this.read();
    this.show();
    this.listen();
    if (select.dataset.others) this.loadOptions();
  }

  build() {
    const { select } = this;
    const id = select.id || "country";
    const name = select.labels[0]?.textContent ?? select.getAttribute("aria-label");
    this.input = make("input", {
      ...{ type: "text", role: "combobox", autocomplete: "off", autocapitalize: "off" },
      ...{ autocorrect: "off", spellcheck: "false", placeholder: select.dataset.filter },
      ...{ "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list` },
    });
    this.list = make("ul", {
      ...{ id: `${id}-list`, role: "listbox", "aria-label": select.options[0].text, hidden: "" },
    });
    this.said = make("p", { role: "status", class: "said" });
    this.others = make("div", { class: "others" });
    for (const attribute of ["aria-label", "aria-describedby", "aria-invalid"]) {
      const value = select.getAttribute(attribute);
      if (value) this.input.setAttribute(attribute, value);
    }
    // The label and the links to the field lead to the input from now on.
    select.removeAttribute("id");
    this.input.id = id;
    select.setAttribute("aria-label", name.trim());
    const hadFocus = document.activeElement === select;
    select.hidden = true;
    const field = make("div", { class: "combobox" }, this.input, this.list);
    select.before(field, this.said, this.others);
    if (hadFocus) this.input.focus();
  }

  listen() {
    const { input, list } = this;
    input.addEventListener("input", () => this.type());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("click", () => {
      this.renew();
      this.openAll();
    });
    input.addEventListener("focus", () => {
      this.renew();
      this.load();
    });
    input.addEventListener("blur", () => this.leave());
    // Only a choice is a change: what is typed is no answer.
    input.addEventListener("change", (event) => event.stopPropagation());
    // A press on the list must not take the focus from the field.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) this.choose(option.dataset.value);
    });
  }

  // What can be chosen

  // Take the options of the select, and what else their countries are called.
  read() {
    const options = [...this.select.options].filter(({ value }) => value);
    this.countries = options.filter(isCountry).map(({ value, text }) => ({
      value,
      text,
      // In two languages both names stand in the option.
      shown: [text, ...text.split(" · ")].map(plain),
      called: (this.called[value] ?? []).map(plain),
    }));
    const buttons = options
      .filter((option) => !isCountry(option))
      .map(({ value, text }) => this.button(value, text));
    if (buttons.length !== this.others.childElementCount) this.others.replaceChildren(...buttons);
  }

  // An answer that is no country: below two hundred of them nobody would see it.
  button(value, text) {
    const button = make("button", { type: "button", class: "quiet", "data-value": value }, text);
    button.addEventListener("click", () => this.choose(this.chosen === value ? "" : value));
    return button;
  }

  // Fetch what is not here yet; what did not come is asked for again the next time.
  load() {
    return Promise.all([this.loadNames(), this.loadOptions()]);
  }

  loadNames() {
    this.names ??= this.fetched(this.select.dataset.names, (searched) => {
      alike = searched.alike;
      this.called = searched.names;
    }).catch(() => (this.names = undefined));
    return this.names;
  }

  loadOptions() {
    const { others } = this.select.dataset;
    if (!others) return undefined;
    this.options ??= this.fetched(others, (options) => {
      const { chosen, select } = this;
      const all = options.map(([value, text]) => new Option(text, value));
      select.replaceChildren(select.options[0], ...all);
      select.value = chosen;
    }).catch(() => (this.options = undefined));
    return this.options;
  }

  async fetched(address, take) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    take(await answer.json());
    this.read();
    // Somebody has typed already, and may find more now.
    if (this.isSearching && document.activeElement === this.input) this.lookAgain();
  }

  // Find more, and stay at the option that somebody has gone to or heard.
  lookAgain() {
    const value = this.active?.dataset.value;
    this.look();
    const place = [...this.list.children].findIndex(({ dataset }) => dataset.value === value);
    if (place >= 0) this.activate(place);
  }

  // What is chosen, and what is said of it

  get chosen() {
    return this.select.value;
  }

  // Whether something was typed that nothing is chosen for yet.
  get isSearching() {
    return !this.chosen && Boolean(this.input.value);
  }

  choose(value) {
    this.close();
    this.take(value);
    this.show();
  }

  // Make this the answer of the form; nothing where it is empty.
  take(value) {
    if (value === this.chosen) return;
    this.select.value = value;
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  show() {
    const { selectedOptions, options } = this.select;
    const option = selectedOptions[0] ?? options[0];
    this.input.value = isCountry(option) ? option.text : "";
    this.tell();
  }

  tell(count) {
    const { dataset, selectedOptions } = this.select;
    for (const button of this.others.children)
      button.setAttribute("aria-pressed", String(button.dataset.value === this.chosen));
    const isolated = (text) => `\u2068${text}\u2069`;
    if (this.chosen) {
      this.said.textContent = dataset.chosen.replace("{}", isolated(selectedOptions[0].text));
    } else {
      this.said.textContent = count === undefined ? "" : dataset.found.replace("{}", count);
    }
  }

  // What somebody does

  // What is typed next takes the place of what was chosen.
  renew() {
    if (this.chosen) this.input.select();
  }

  type() {
    // Who types has changed their mind about what was chosen.
    this.take("");
    this.look();
  }

  look() {
    const { found } = search(this.countries, this.input.value);
    const isEmpty = !plain(this.input.value);
    if (found.length) this.open(found);
    else this.close();
    this.tell(isEmpty ? undefined : found.length);
  }

  async enter() {
    const typed = this.input.value;
    if (!search(this.countries, typed).found.length) await this.load();
    if (this.input.value !== typed) return;
    const { found, only } = search(this.countries, typed);
    if (only) {
      this.choose(only.value);
    } else if (found.length) {
      this.open(found);
      this.activate(0);
    }
  }

  // A name that was typed in full is a choice, also without Enter.
  leave() {
    this.close();
    const { found, only } = search(this.countries, this.input.value);
    const isFull = only && [...only.shown, ...only.called].includes(plain(this.input.value));
    if (this.isSearching && isFull && found.length) this.choose(only.value);
  }

  press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const done = this.doKey(event);
    if (done) event.preventDefault();
  }

  // Do what the key stands for; true where the browser shall do nothing more.
  doKey(event) {
    const { active, isSearching } = this;
    switch (event.key) {
      case "Enter":
        if (active) this.choose(active.dataset.value);
        else if (isSearching) this.enter();
        else this.close();
        // What sends the form is Enter on what is chosen already, or where nothing was typed.
        return Boolean(active) || isSearching;
      case "Escape":
        if (!this.isOpen) return false;
        this.close();
        // It closes the list: it is none of the three that leave the site, see leaving.js.
        return true;
      case "Tab":
        // Else a list that scrolls would be the next stop.
        this.close();
        return false;
      case "ArrowDown":
        this.step(1, event.altKey);
        return true;
      case "ArrowUp":
        if (event.altKey) this.close();
        else this.step(-1, false);
        return true;
      case "Home":
      case "End":
        if (active) this.activate(event.key === "Home" ? 0 : -1);
        return Boolean(active);
      default:
        return false;
    }
  }

  step(by, onlyOpen) {
    const wasOpen = this.isOpen;
    if (!wasOpen) this.openAll();
    if (onlyOpen || !this.isOpen) return;
    const all = [...this.list.children];
    const at = all.indexOf(this.active ?? this.list.querySelector("[aria-selected=true]"));
    if (at < 0) this.activate(by > 0 ? 0 : -1);
    else this.activate(wasOpen || this.active ? (at + by + all.length) % all.length : at);
  }

  // The list

  get isOpen() {
    return !this.list.hidden;
  }

  get active() {
    return this.list.querySelector(".active");
  }

  // What fits what was typed; every country where nothing was, or one is chosen.
  openAll() {
    if (this.isOpen) return;
    if (this.isSearching) this.look();
    else this.open(this.countries);
  }

  open(countries) {
    const options = countries.map(({ value, text }, place) =>
      make(
        "li",
        {
          ...{ id: `${this.list.id}-${place}`, role: "option", "data-value": value },
          "aria-selected": String(value === this.chosen),
        },
        text,
      ),
    );
    this.list.replaceChildren(...options);
    this.input.removeAttribute("aria-activedescendant");
    this.list.hidden = !options.length;
    this.input.setAttribute("aria-expanded", String(this.isOpen));
    this.list.scrollTop = this.list.querySelector("[aria-selected=true]")?.offsetTop ?? 0;
  }

  close() {
    this.list.hidden = true;
    this.list.replaceChildren();
    this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-expanded", "false");
  }

  // The option at this place, from the end where it is negative, is the one that Enter takes.
  activate(place) {
    this.active?.classList.remove("active");
    const option = [...this.list.children].at(place);
    option.classList.add("active");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }
}

// Put a combobox in the place of the select.
export const combobox = (select) => new Combobox(select);
