import { expect, test } from "vitest";
import { philox4x32, randomSource, type Stream } from "./random.ts";

test("Philox4x32-10 gives the published known answers", () => {
  const out = new Uint32Array(4);
  philox4x32([0, 0, 0, 0], [0, 0], out);
  expect([...out]).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
  const ones = 0xffffffff;
  philox4x32([ones, ones, ones, ones], [ones, ones], out);
  expect([...out]).toEqual([0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
});

const fiveOf = (stream: Stream): number[] => Array.from({ length: 5 }, () => stream.uint32());

test("a stream depends on seed, run and name alone", () => {
  const draw = (seed: string, run: number, name: string) =>
    fiveOf(randomSource(seed, run).stream(name));
  const reference = draw("a", 0, "x");
  const source = randomSource("a", 0);
  source.stream("y").uint32();
  expect(fiveOf(source.stream("x"))).toEqual(reference);
  for (const other of [draw("b", 0, "x"), draw("a", 1, "x"), draw("a", 0, "y")]) {
    expect(other).not.toEqual(reference);
  }
});

test("a stream goes on from a saved state as if it had not stopped", () => {
  for (const skip of [0, 1, 3, 4, 5, 1001]) {
    const original = randomSource("s").stream("n");
    for (let i = 0; i < skip; i++) original.uint32();
    const { drawn } = original.state();
    expect(drawn).toBe(BigInt(skip));
    const resumed = randomSource("s").stream("n");
    resumed.jump(drawn);
    expect([resumed.uint32(), resumed.uint32()]).toEqual([original.uint32(), original.uint32()]);
    expect(resumed.state()).toEqual(original.state());
  }
});

test("uniform, normal and below have the moments they should", () => {
  const stream = randomSource("moments").stream("m");
  const n = 40_000;
  let sum = 0;
  let square = 0;
  for (let i = 0; i < n; i++) {
    const z = stream.normal();
    sum += z;
    square += z * z;
  }
  expect(Math.abs(sum / n)).toBeLessThan(0.02);
  expect(Math.abs(square / n - 1)).toBeLessThan(0.03);
  const counts = new Array(7).fill(0);
  for (let i = 0; i < 70_000; i++) counts[stream.below(7)]++;
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  expect(() => stream.below(0)).toThrow(/from 1 to 2\^32/);
});
