// Tells the page how many hands are up. It draws nothing itself.

import { hands } from "../page.js";

export default function ({ data }) {
  if (data) hands({ form: data[0], counts: data[1] });
}
