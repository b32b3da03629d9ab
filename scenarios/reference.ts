/** A field of a scenario that names data: a folder that comes with hivelab, or one of one's own. */
import { z } from "zod";

export const reference = (meaning: string) =>
  z.string().min(1).max(300).meta({ unit: "name or path", description: meaning });
