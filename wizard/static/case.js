// Takes a scanned code from behind the # of the address into the field, and out of the history.
"use strict";

const field = document.getElementById("code");
const take = () => {
  if (location.hash.length < 2 || !field) return;
  field.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  field.form.querySelector("button").focus();
};
addEventListener("hashchange", take);
take();
