/** Numbers and tables as the summaries print them. */
import Table from "cli-table3";

export const grouped = (value: number, decimals = 0): string => {
  const [whole, fraction] = value.toFixed(decimals).split(".");
  const spaced = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction ? `${spaced}.${fraction}` : spaced;
};
/** 12.3 %; a share that rounds to nothing has no sign. */
export const percent = (share: number, decimals = 1): string =>
  `${(share * 100).toFixed(decimals).replace(/^-(0\.?0*)$/, "$1")} %`;

/** A table without rules: it stays readable when it is piped or pasted. */
export function plainTable(head: string[], aligns: ("left" | "right")[]) {
  const none = "";
  const chars = {
    top: none,
    "top-mid": none,
    "top-left": none,
    "top-right": none,
    bottom: none,
    "bottom-mid": none,
    "bottom-left": none,
    "bottom-right": none,
    left: "",
    "left-mid": none,
    mid: none,
    "mid-mid": none,
    right: none,
    "right-mid": none,
    middle: "  ",
  };
  const style = { head: [], border: [], "padding-left": 0, "padding-right": 0 };
  return new Table({ head, colAligns: aligns, chars, style });
}
