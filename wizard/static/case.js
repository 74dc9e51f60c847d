// Takes a scanned code from behind the # of the address into the field, and out of the history.

const field = document.getElementById("code");
const take = () => {
  const code = location.hash.slice(1);
  // A link within the page is no code.
  if (!code || document.getElementById(code)) return;
  field.value = code;
  history.replaceState(null, "", location.pathname);
  field.form.querySelector("button").focus();
};
addEventListener("hashchange", take);
take();
