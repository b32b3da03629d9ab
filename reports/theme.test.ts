import { describe, expect, test } from "vitest";
import { palette, themeCss, withLightColors } from "./theme.ts";

type Triple = readonly [number, number, number];

/**
 * Linear RGB as seen with full protanopia, deuteranopia and tritanopia: Machado, Oliveira and
 * Fernandes, "A physiologically-based model for simulation of color vision deficiency" (2009).
 */
const sights: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const times = (matrix: readonly Triple[], [a, b, c]: Triple) =>
  matrix.map(([x, y, z]) => x * a + y * b + z * c) as unknown as Triple;

function linear(hex: string): Triple {
  const part = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

/** CIE L*a*b* under D65. */
function lab(rgb: Triple): Triple {
  const inside = rgb.map((value) => Math.min(1, Math.max(0, value))) as unknown as Triple;
  const xyz = times(
    [
      [0.4124 / 0.95047, 0.3576 / 0.95047, 0.1805 / 0.95047],
      [0.2126, 0.7152, 0.0722],
      [0.0193 / 1.08883, 0.1192 / 1.08883, 0.9505 / 1.08883],
    ],
    inside,
  );
  const [x, y, z] = xyz.map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const luminance = (hex: string) => times([[0.2126, 0.7152, 0.0722]], linear(hex))[0];
const names = ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "other"];
const sides = [
  ["light", 0],
  ["dark", 1],
] as const;

describe.each(sides)("the %s colours", (_, side) => {
  test.each(Object.keys(sights))("of series stay apart in %s sight", (sight) => {
    const seen = names.map((name) => lab(times(sights[sight], linear(palette[name][side]))));
    const distances = seen.flatMap((a, i) =>
      seen.slice(i + 1).map((b) => Math.hypot(...a.map((v, k) => v - b[k]))),
    );
    expect(Math.min(...distances)).toBeGreaterThan(12);
  });

  test.each(["ink", "ink-soft", "accent"])("of texts (%s) stand out on cards: 4.5 to 1", (name) => {
    const [a, b] = [luminance(palette[name][side]), luminance(palette.card[side])];
    expect((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)).toBeGreaterThan(4.5);
  });
});

test("every colour has a light and a dark value, and pictures get the light one", () => {
  const [light, dark] = themeCss.split("@media").map((part) => part.match(/--[a-z0-9-]+:#/g));
  expect(light).toEqual(dark);
  expect(withLightColors('<path fill="var(--card)"/>')).toBe('<path fill="#ffffff"/>');
});
