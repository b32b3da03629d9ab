/** The front door: parses the command line, calls one function, prints. No logic lives here. */

import { reportAndExit } from "./cli/failure.ts";
import { buildProgram } from "./cli/program.ts";

try {
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  reportAndExit(error);
}
