// npm run schema: rewrites the published JSON Schemas from the code's own definitions.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib.mjs";

const { publishedSchema } = await import("../dist/scenarios/json-schema.js");
const { publishedPlanSchema, publishedSearchSchema } = await import(
  "../dist/lab/plans/published-schema.js"
);
const write = (path, text) => {
  writeFileSync(join(root, path), text);
  console.log(`${path} is up to date`);
};
write("scenarios/scenario.schema.json", publishedSchema());
write("scenarios/plans/plan.schema.json", publishedPlanSchema());
write("scenarios/searches/search.schema.json", publishedSearchSchema());
