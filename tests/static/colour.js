// Prints, for every program given as a path, its pieces as JSON. For test_colours.py.

import { readFileSync } from "node:fs";

import { pieces } from "../../static/python.js";

const [words, ...paths] = process.argv.slice(2);
console.log(JSON.stringify(paths.map((path) => pieces(readFileSync(path, "utf-8"), JSON.parse(words)))));
