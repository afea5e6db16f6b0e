// Prints what csp_evaluator finds in the policy given as the first word. Run in the folder where it is installed.
const { createRequire } = require("node:module");
const here = createRequire(process.cwd() + "/");
const { CspEvaluator } = here("csp_evaluator/dist/evaluator.js");
const { CspParser } = here("csp_evaluator/dist/parser.js");

const found = new CspEvaluator(new CspParser(process.argv[2]).csp).evaluate();
console.log(JSON.stringify(found.map(({ directive, value, severity, description }) => ({ directive, value, severity, description }))));
