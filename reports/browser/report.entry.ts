/** The browser's part of a report: draws the charts whose specifications stand in the page. */
import { parse, type Spec, type TooltipHandler, View } from "vega";
import { type PackedFrame, rowsOf, unpackFrame } from "../frame.ts";

interface PageCharts {
  readonly frames: Readonly<Record<string, PackedFrame>>;
  readonly charts: readonly { readonly id: string; readonly spec: Spec }[];
}

const tip = document.createElement("div");
tip.id = "tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
document.body.append(tip);

/** Shows names and values beside the pointer; every text is put in as text, never as markup. */
const showTip: TooltipHandler = (_handler, event, _item, value) => {
  tip.hidden = value === null || value === undefined || value === "";
  if (tip.hidden) return;
  const entries = typeof value === "object" ? Object.entries(value) : [["", String(value)]];
  tip.replaceChildren(
    ...entries.map(([name, text]) => {
      const row = document.createElement("div");
      const [label, cell] = [document.createElement("span"), document.createElement("b")];
      label.textContent = name;
      cell.textContent = String(text);
      row.append(label, cell);
      return row;
    }),
  );
  const { clientX: x, clientY: y } = event as MouseEvent;
  const { offsetWidth, offsetHeight } = tip;
  const left = x + 14 + offsetWidth > innerWidth ? x - 14 - offsetWidth : x + 14;
  const top = y + 14 + offsetHeight > innerHeight ? y - 14 - offsetHeight : y + 14;
  tip.style.left = `${Math.max(4, left)}px`;
  tip.style.top = `${Math.max(4, top)}px`;
};

/** A click picks one name (or none, if it was the only one); with shift it adds or takes away. */
function listenToLegend(id: string, view: View): void {
  const legend = document.querySelector(`.legend[data-for="${id}"]`);
  const buttons = [...(legend?.querySelectorAll("button") ?? [])];
  let picked: string[] = [];
  legend?.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("button");
    const name = button?.dataset.name;
    if (name === undefined) return;
    const others = (event as MouseEvent).shiftKey ? picked.filter((one) => one !== name) : [];
    picked =
      picked.includes(name) && (others.length > 0 || picked.length === 1)
        ? others
        : [...others, name];
    for (const one of buttons) {
      const isPicked = picked.includes(one.dataset.name!);
      one.setAttribute("aria-pressed", String(isPicked));
      one.classList.toggle("dim", picked.length > 0 && !isPicked);
    }
    void view.signal("picked", picked.length > 0 ? picked : null).runAsync();
  });
}

async function draw({ frames, charts }: PageCharts): Promise<void> {
  for (const { id, spec } of charts) {
    const place = document.getElementById(`chart-${id}`);
    if (!place) continue;
    try {
      const data = (spec.data ?? []).map((source) =>
        source.name in frames
          ? { ...source, values: rowsOf(unpackFrame(frames[source.name])) }
          : source,
      );
      const runtime = parse({ ...spec, data } as Spec);
      const view = new View(runtime, { renderer: "svg", container: place, hover: true });
      await view.tooltip(showTip).runAsync();
      listenToLegend(id, view);
      place.dataset.drawn = "yes";
    } catch (error) {
      place.textContent = `This chart could not be drawn: ${error}`;
      console.error(id, error);
    }
    // A long page stays usable while it draws.
    await new Promise((resolve) => setTimeout(resolve));
  }
  document.documentElement.dataset.drawn = "yes";
}

addEventListener("scroll", () => {
  tip.hidden = true;
});
void draw(JSON.parse(document.getElementById("charts")!.textContent!));
