import { expect, test } from "vitest";
import { chainNormals, chainUniforms, chainWords } from "./chain-random.ts";

const first = <T>(next: () => T, count: number): T[] => Array.from({ length: count }, next);

test("seed 0 gives the words and uniforms of the chain's generator", () => {
  expect(first(chainWords(0n), 4)).toEqual([3442241407, 3140108210, 2384947579, 3321986196]);
  expect(first(chainUniforms(chainWords(0n)), 4)).toEqual([52523, 47913, 36390, 50688]);
});

test("another seed gives other words", () => {
  expect(first(chainWords(1n), 4)).not.toEqual(first(chainWords(0n), 4));
});

test("normals have mean 0 and variance 1", () => {
  const values = chainNormals(chainUniforms(chainWords(0n)), 4000).map((z) => Number(z) / 2 ** 32);
  const mean = values.reduce((sum, z) => sum + z, 0) / values.length;
  const variance = values.reduce((sum, z) => sum + (z - mean) * (z - mean), 0) / values.length;
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(Math.abs(variance - 1)).toBeLessThan(0.05);
});
