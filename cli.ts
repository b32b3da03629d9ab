/** The front door: parses the command line, calls one function, prints. No logic lives here. */

import { outliveReaders, reportAndExit } from "./cli/failure.ts";
import { buildProgram } from "./cli/program.ts";

outliveReaders();
try {
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  reportAndExit(error);
}
