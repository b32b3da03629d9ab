/**
 * The commands and their options. Only commander is imported here: what a command needs is loaded
 * when it runs, so that `hivelab --help` starts at once.
 */
import { Command, type Option } from "commander";
import { version } from "../lab/version.ts";
import type { DoctorFlags } from "./doctor.ts";
import type { DriftFlags } from "./drift.ts";
import type { EmissionOptions } from "./emission.ts";
import type { EnsembleFlags } from "./ensemble.ts";
import { showExamples } from "./examples.ts";
import type { PathFlags } from "./paths.ts";
import type { QueryFlags } from "./query.ts";
import type { RunFlags } from "./run.ts";
import type { SearchFlags } from "./search.ts";
import type { SensitivityFlags } from "./sensitivity.ts";
import type { SweepFlags } from "./sweep.ts";
import { withPlanOptions } from "./sweep-plan-options.ts";
import type { WorkerFlags } from "./worker.ts";
import type { CaseFlags } from "./yuma-case.ts";
import type { GuaranteeFlags } from "./yuma-guarantees.ts";

export function buildProgram(): Command {
  const program = new Command("hivelab")
    .description("A laboratory for the economies of decentralised-AI networks.")
    .version(version)
    // So that a command may have options of the same names, such as a --version of Yuma.
    .enablePositionalOptions()
    .showHelpAfterError("(hivelab COMMAND --help tells more)")
    .configureHelp({ sortSubcommands: false, optionDescription });
  // Bad arguments are bad input: exit code 2, as for a bad file.
  program.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

  program
    .command("run")
    .description("simulate a scenario: tables, manifest and an interactive report")
    .argument("<scenario>", "scenario file (YAML), or the name of a shipped one")
    .option("--set <path=value>", "override a value of the scenario (repeatable)", collect, [])
    .option("--seed <text>", "another seed, short for --set seed=...")
    .option(
      "--days <number>",
      "another horizon, short for --set chain.horizon_days=... (or flock.horizon_days)",
    )
    .option("--out <folder>", "where the run goes (default: runs/<scenario>)")
    .option("--no-report", "write tables and manifest only")
    .option(
      "--checkpoint-every <time>",
      "simulated time, 30d or 12h: `hivelab resume` goes on from there",
    )
    .action(async (scenario: string, flags: RunFlags) => {
      const { run } = await import("./run.ts");
      await run(scenario, flags);
    });

  program
    .command("resume")
    .description("go on with a run that was made with --checkpoint-every")
    .argument("<folder>", "where the run was to go, such as runs/finney-2026")
    .action(async (folder: string) => {
      const { resume } = await import("./resume.ts");
      await resume(folder);
    });

  withPlanOptions(program.command("sweep"))
    .description("make every run of a plan: one row a run, resumed where it was stopped")
    .argument(
      "<plan>",
      "plan file (YAML) or the name of a shipped one; or a scenario that --param varies",
    )
    .option("--dry-run", "only say how many runs, how long and how much disk", false)
    .option("--yes", "make more than 100,000 runs", false)
    .option("--out <folder>", "where the sweep goes (default: runs/<plan>)")
    .option("--workers <number>", "threads, 0 for none (default: one a processor)")
    .option("--shard <i/n>", "only the i-th of n parts; `hivelab merge` joins them")
    .option("--retry-failed", "make failed runs again", false)
    .option(
      "--reuse <folder>",
      "take over runs that another sweep has made (repeatable)",
      collect,
      [],
    )
    .option("--executor <name>", "local (threads), or bullmq: workers on other machines", "local")
    .option("--redis <url>", "with bullmq: where Redis is, redis://host:6379")
    .option("--results <place>", "with bullmq: a folder that all see, or s3://bucket/prefix")
    .option("--batch <runs>", "with bullmq: runs that a worker takes at a time", "16")
    .action(async (plan: string, flags: SweepFlags) => {
      const { sweep } = await import("./sweep.ts");
      await sweep(plan, flags);
    });

  program
    .command("worker")
    .description("make runs of sweeps that were started with --executor bullmq")
    .requiredOption("--redis <url>", "where Redis is, redis://host:6379")
    .requiredOption("--results <place>", "a folder that all see, or s3://bucket/prefix")
    .option("--workers <number>", "threads (default: one a processor)")
    .option("--lease <seconds>", "a worker silent for so long has died", "15")
    .action(async (flags: WorkerFlags) => {
      const { worker } = await import("./worker.ts");
      await worker(flags);
    });

  program
    .command("merge")
    .description("join the parts of a sweep that were made with --shard")
    .argument("<folder...>", "the parts' folders")
    .requiredOption("--out <folder>", "where the whole sweep goes")
    .action(async (folders: string[], flags: { out: string }) => {
      const { merge } = await import("./merge.ts");
      await merge(folders, flags);
    });

  program
    .command("query")
    .description("SQL over the tables of a run or a sweep (DuckDB); without SQL its columns")
    .argument("<folder>", "the folder of a run or a sweep")
    .argument("[sql]", "one SELECT, such as: select wait, avg(sold) from runs group by wait")
    .option("--limit <rows>", "print at most so many rows", "1000")
    .option("--seconds <number>", "give up after this time", "60")
    .option("--json", "as data", false)
    .action(async (folder: string, sql: string | undefined, flags: QueryFlags) => {
      const { query } = await import("./query.ts");
      await query(folder, sql, flags);
    });

  program
    .command("validate")
    .description("check scenario files without running them")
    .argument("<file...>", "scenario files (YAML), or names of shipped ones")
    .option("--set <path=value>", "set a field over what the files say (repeatable)", collect, [])
    .action(async (files: string[], { set }: { set: string[] }) => {
      const { validate } = await import("./validate.ts");
      process.exitCode = validate(files, set);
    });

  program
    .command("describe")
    .description("list scenarios, agents, rule-sets and tables, or tell all about one of them")
    .argument(
      "[what]",
      "scenarios, agents, rules, tables, fields, flock, root-era, supply, or the name of one of them",
    )
    .option("--json", "as data", false)
    .action(async (what: string | undefined, options: { json: boolean }) => {
      const { describe } = await import("./describe.ts");
      describe(what, options);
    });

  program
    .command("report")
    .description("make report.html of a finished run again, from its tables")
    .argument("<folder>", "the run's folder, such as runs/finney-2026")
    .action(async (folder: string) => {
      const { report } = await import("./report.ts");
      report(folder);
    });

  program
    .command("flock")
    .description("locks and yields of a FLock run beside what is reported, and what moves them")
    .argument("<folder>", "the run's folder, such as runs/flock-mid-2025")
    .option("--json", "as data", false)
    .action(async (folder: string, options: { json: boolean }) => {
      const { flock } = await import("./flock.ts");
      flock(folder, options);
    });

  program
    .command("conform")
    .description("run vector files against our implementation")
    .argument("<file...>", "vector files (JSON, plain or gzipped); the format is recognised")
    .action(async (files: string[]) => {
      const { conform } = await import("./conform.ts");
      process.exitCode = conform(files);
    });

  program
    .command("emission")
    .description("compute a captured state's emission shares under any rule-sets, side by side")
    .argument("<state>", "captured storage or list of subnets (JSON), or a root metagraph (CSV)")
    .option("--rules <name...>", "R1 to R8; without it all that the state allows")
    .option("--subnet <netuid>", "what this subnet would get under each rule")
    .option("--top <count>", "how many subnets to list", "20")
    .option("--chart <file>", "write a chart (SVG)")
    .option("--json", "as data", false)
    .action(async (state: string, options: EmissionOptions) => {
      const { emission } = await import("./emission.ts");
      await emission(state, options);
    });

  program
    .command("replay")
    .description("run captured blocks through our coinbase and compare every stored item")
    .argument("<pair...>", "captured blocks: the state before and after (JSON)")
    .option("--json", "as data", false)
    .action(async (pairs: string[], options: { json: boolean }) => {
      const { replay } = await import("./replay.ts");
      process.exitCode = replay(pairs, options);
    });

  program
    .command("drift")
    .description("measure how far exact and float64 arithmetic stand apart, nobody acting")
    .argument("<scenario>", "scenario file (YAML), or the name of a shipped one")
    .option("--set <path=value>", "set a field over what the file says (repeatable)", collect, [])
    .option("--days <number>", "how long to simulate", "365.25")
    .option("--json", "as data", false)
    .action(async (scenario: string, flags: DriftFlags) => {
      const { drift } = await import("./drift.ts");
      drift(scenario, flags);
    });

  program
    .command("ensemble")
    .description("run many seeds of a scenario: bands over time, spreads of outcomes")
    .argument("<scenario>", "scenario file (YAML), or the name of a shipped one")
    .option("--seeds <count>", "how many runs, each with a seed of its own", "100")
    .option(
      "--series <table.column>",
      "what to give bands of, such as subnets.emission_share[netuid=15] (repeatable; default: the usual ones)",
      collect,
      [],
    )
    .option(
      "--outcome <name=...>",
      "a number a run, as in a sweep: name=table.column@last (repeatable)",
      collect,
      [],
    )
    .option("--set <path=value>", "set a field over what the file says (repeatable)", collect, [])
    .option("--days <number>", "another horizon, short for --set chain.horizon_days=...")
    .option("--workers <count>", "threads; 0 = none (default: as many as cores)")
    .option("--out <folder>", "where bands and report go (default: runs/ensemble-<scenario>)")
    .action(async (scenario: string, flags: EnsembleFlags) => {
      const { ensemble } = await import("./ensemble.ts");
      await ensemble(scenario, flags);
    });

  program
    .command("paths")
    .description("100,000 or a million futures of supply and one subnet's price: bands, chances")
    .argument("<scenario>", "scenario of supply (YAML) or a shipped one: alpha-price, tao-supply")
    .option("--paths <count>", "how many futures", "100000")
    .option("--days <number>", "another horizon, in whole days")
    .option("--every <days>", "days between two moments of the bands (default: about 60 moments)")
    .option("--seed <text>", "another seed, short for --set seed=...")
    .option(
      "--price-below <price>",
      "how likely is a lower price, in TAO per alpha (repeatable)",
      collect,
      [],
    )
    .option(
      "--halving-before <date>",
      "how likely is the next halving before a day, as 2029-12-31 (repeatable)",
      collect,
      [],
    )
    .option("--set <path=value>", "set a field over what the file says (repeatable)", collect, [])
    .option("--backend <name>", "who screens: auto, exact, or a name of `hivelab doctor`", "auto")
    .option("--workers <count>", "threads; 0 = none (default: as many as cores)")
    .option("--out <folder>", "where bands and report go (default: runs/paths-<scenario>)")
    .action(async (scenario: string, flags: PathFlags) => {
      const { paths } = await import("./paths.ts");
      await paths(scenario, flags);
    });

  program
    .command("doctor")
    .description("say which backends of batch scoring run on this machine, and how fast")
    .option("--backend <name>", "examine this one only")
    .option("--json", "as data", false)
    .action(async (flags: DoctorFlags) => {
      const { doctor } = await import("./doctor.ts");
      process.exitCode = await doctor(flags);
    });

  program
    .command("reproduce")
    .description("run our checks against published and captured values")
    .argument("[name...]", "which groups of checks; without a name all")
    .option("--list", "only say which there are", false)
    .option("--json", "as data", false)
    .action(async (names: string[], options: { json: boolean; list: boolean }) => {
      const { reproduce } = await import("./reproduce.ts");
      process.exitCode = reproduce(names, options);
    });

  program
    .command("sensitivity")
    .description("what a finished sweep's outcomes depend on: indices or measures with intervals")
    .argument("<folder>", "the sweep's folder; best of a saltelli or morris design")
    .option("--outcome <name>", "only this outcome (repeatable)", collect, [])
    .option("--resamples <count>", "of the bootstrap behind the intervals", "1000")
    .option("--seed <text>", "of the bootstrap", "hivelab")
    .option("--json", "as data", false)
    .action(async (folder: string, flags: SensitivityFlags) => {
      const { sensitivity } = await import("./sensitivity.ts");
      await sensitivity(folder, flags);
    });

  program
    .command("search")
    .description("find the parameters for which an outcome is smallest or largest")
    .argument("<plan>", "search file (YAML), or the name of a shipped one: cabal-smallest-stake")
    .option("--set <path=value>", "override a value of the scenario (repeatable)", collect, [])
    .option("--out <folder>", "where it goes, and where it goes on (default: runs/<plan>)")
    .option("--workers <number>", "threads, 0 for none (default: one a processor)")
    .action(async (plan: string, flags: SearchFlags) => {
      const { search } = await import("./search.ts");
      await search(plan, flags);
    });

  const yuma = program
    .command("yuma")
    .description("run a case of validators and servers under versions of Yuma, side by side")
    .argument("<case>", "case file (YAML) or the name of a shipped one; or guarantees")
    .option("--version <name>", "a version of Yuma (repeatable; default: the case's)", collect, [])
    .option("--set <path=value>", "override a value of the case (repeatable)", collect, [])
    .option("--out <folder>", "where the run goes (default: runs/yuma-<case>)")
    .action(async (path: string, flags: CaseFlags) => {
      const { yumaCase } = await import("./yuma-case.ts");
      await yumaCase(path, flags);
    });
  yuma
    .command("guarantees")
    .description("recompute the published guarantees; writes tables and the contour chart")
    .option("--sigma <number>", "deviation of weights in the map", "0.4")
    .option("--seed <number>", "of the chain's own generator", "0")
    .option("--quick", "every fifth choice of the dishonest side only", false)
    .option("--whole-grid", "every cell of the map, exact, into the table `cells`", false)
    .option("--backend <name>", "what screens: auto, exact (nothing), or one of `doctor`", "auto")
    .option("--workers <number>", "threads, 0 for none (default: one a processor, at most 8)")
    .option("--out <folder>", "where tables and chart go", "runs/yuma-guarantees")
    .action(async (flags: GuaranteeFlags) => {
      const { yumaGuarantees } = await import("./yuma-guarantees.ts");
      process.exitCode = await yumaGuarantees(flags);
    });
  showExamples(program.commands);
  return program;
}

const collect = (value: string, earlier: readonly string[]): string[] => [...earlier, value];

/** What an option does, with its default where that says something: not `[]`, not `false`. */
function optionDescription({ description, defaultValue }: Option): string {
  const isTold = typeof defaultValue === "string" && !description.includes("(default");
  return isTold ? `${description} (default: ${defaultValue})` : description;
}
