// Prints which regular expressions in the scripts named may take for ever. Run in the folder where recheck is installed.
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const here = createRequire(process.cwd() + "/");
const { checkSync } = here("recheck");
const { tokenizer } = here("acorn");

const flaws = [];
let patterns = 0;
for (const file of process.argv.slice(2)) {
  for (const token of tokenizer(readFileSync(file, "utf8"), { ecmaVersion: "latest", sourceType: "module" })) {
    if (token.type.label !== "regexp") continue;
    patterns += 1;
    const { pattern, flags } = token.value;
    const { status } = checkSync(pattern, flags, { timeout: 10000 });
    if (status !== "safe") flaws.push({ file, pattern, status });
  }
}
console.log(JSON.stringify({ patterns, flaws }));
