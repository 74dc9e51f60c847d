import js from "@eslint/js";
import globals from "globals";

// The rules for what runs in a browser, and for what only the tests run.
const rules = {
  eqeqeq: ["error", "always", { null: "ignore" }],
  "no-var": "error",
  "prefer-const": ["error", { destructuring: "all" }],
};

export default [
  js.configs.recommended,
  {
    files: ["wizard/static/**/*.js"],
    languageOptions: { sourceType: "module", globals: globals.browser },
    rules,
  },
  {
    files: ["tests/**/*.mjs", "*.js"],
    languageOptions: { sourceType: "module", globals: globals.node },
    rules,
  },
];
