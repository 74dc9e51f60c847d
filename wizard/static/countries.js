// The page of the question about the country.
for (const select of document.querySelectorAll("select[data-names]")) combobox(select);
