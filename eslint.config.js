import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["static/vendor/"] }, // built from npm
  js.configs.recommended,
  {
    files: ["static/**/*.js"],
    languageOptions: { ecmaVersion: 2022, globals: globals.browser },
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-implicit-globals": "error",
      "no-restricted-globals": ["error", "event", "name", "length", "status", "top", "parent"],
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["tests/static/**/*.js"],
    languageOptions: { ecmaVersion: 2022, globals: globals.node },
  },
];
