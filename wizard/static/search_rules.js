// Finds rules by what they say. Nothing is sent: what somebody looks for tells of them.

const search = document.getElementById("search");
const words = search.querySelector("input");
const status = search.querySelector("[role=status]");
const rules = [...document.querySelectorAll(".rules > li")];

const has = (rule, wanted) => {
  const text = rule.textContent.toLowerCase();
  return wanted.every((word) => text.includes(word));
};

const find = () => {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const rule of rules) rule.hidden = !has(rule, wanted);
  const found = rules.filter((rule) => !rule.hidden).length;
  status.textContent = wanted.length ? status.dataset.found.replace("{}", found) : "";
};

search.hidden = false;
words.addEventListener("input", find);
