// The page of the question about the country.

import "./enhance.js";
import "./question.js";
import { combobox } from "./combobox.js";

for (const select of document.querySelectorAll("select[data-names]")) combobox(select);
