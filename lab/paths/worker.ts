/** A worker's part of many paths: a block of them, or some exactly. The backend is kept for the next. */
import { type Backend, openBackend } from "../../gpu-kernels/index.ts";
import type { Screener } from "../screening.ts";
import { type BlockTask, type PathBlock, pathBlock } from "./block.ts";
import { exactValues } from "./exact-path.ts";
import type { PathModel } from "./model.ts";

/** `screen` is a block; `exact` are paths whose values are wanted in whole rao. */
export interface PathTask {
  readonly model: PathModel;
  readonly screener: Screener;
  readonly screen?: BlockTask;
  readonly exact?: readonly number[];
}

export interface PathTaskResult {
  readonly block: PathBlock | null;
  /** By path that was asked for, by moment. */
  readonly exact: readonly Float64Array[];
}

let opened: { readonly name: Screener; readonly backend: Promise<Backend> } | null = null;

export default async function runTask(task: PathTask): Promise<PathTaskResult> {
  const { model, screener, screen, exact = [] } = task;
  return {
    block: screen ? await pathBlock(model, screen, await backendOf(screener)) : null,
    exact: exact.map((path) => exactValues(model, path).values),
  };
}

async function backendOf(name: Screener): Promise<Backend | null> {
  if (name === "exact") return null;
  if (opened?.name !== name) opened = { name, backend: openBackend(name) };
  return opened.backend;
}
