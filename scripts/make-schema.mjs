// npm run schema: rewrites scenarios/scenario.schema.json from the code's own definitions.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib.mjs";

const { publishedSchema } = await import("../dist/scenarios/json-schema.js");
const path = join(root, "scenarios", "scenario.schema.json");
writeFileSync(path, publishedSchema());
console.log("scenarios/scenario.schema.json is up to date");
