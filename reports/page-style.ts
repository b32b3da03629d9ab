/** How the page looks: one column on a phone, two charts side by side where there is room. */
import { fontFamily, themeCss } from "./theme.ts";

export const pageCss = `${themeCss}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.55 ${fontFamily}}
main,header,footer{max-width:1240px;margin:0 auto;padding:0 24px}
header{padding-top:40px}
a{color:var(--accent)}
.eyebrow{margin:0;color:var(--ink-soft);font-size:13px;letter-spacing:.04em}
h1{margin:4px 0 8px;font-size:32px;line-height:1.2;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{margin:0 0 4px;font-size:22px;line-height:1.3}
h3{margin:0;font-size:16px;line-height:1.35}
.deck{max-width:70ch;margin:0;font-size:17px;color:var(--ink-soft)}
.deck b{color:var(--ink);font-weight:600}
nav{display:flex;flex-wrap:wrap;gap:6px 18px;margin:20px 0 0;padding:10px 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line);font-size:14px}
nav a{text-decoration:none}
nav a:hover{text-decoration:underline}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,200px),1fr));gap:12px;margin:24px 0 0;padding:0}
.tile{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 16px}
.tile dt{color:var(--ink-soft);font-size:13px}
.tile dd{margin:2px 0 0;font-size:24px;font-weight:600;line-height:1.25;font-variant-numeric:tabular-nums}
.tile dd small{display:block;color:var(--ink-soft);font-size:13px;font-weight:400}
section{padding:36px 0 0;scroll-margin-top:8px}
section>p{max-width:75ch;margin:0;color:var(--ink-soft)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,500px),1fr));gap:16px;margin-top:16px}
figure,.card{min-width:0;margin:0;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 18px 12px}
figcaption p{margin:2px 0 10px;color:var(--ink-soft);font-size:13px;line-height:1.45}
.card.wide{grid-column:1/-1}
figure{display:flex;flex-direction:column}
.legend{display:flex;flex-wrap:wrap;gap:2px 4px;margin:0 0 8px -6px}
.legend button{display:inline-flex;align-items:center;gap:6px;max-width:100%;padding:2px 7px;border:0;border-radius:6px;background:none;color:var(--ink);font:inherit;font-size:12.5px;text-align:left;cursor:pointer}
.legend button:hover{background:var(--page)}
.legend button[aria-pressed=true]{background:var(--line)}
.legend button.dim{opacity:.45}
.legend i{flex:none;width:10px;height:10px;border-radius:50%}
.chart .mark-rect path{shape-rendering:crispEdges}
.chart{width:100%;min-height:120px;margin-top:auto;overflow:hidden}
.chart svg{display:block;max-width:100%}
.figures.three{grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr))}
.nothing{margin:0;padding:36px 0;text-align:center;color:var(--ink-soft)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13.5px;font-variant-numeric:tabular-nums}
caption{caption-side:top;text-align:left;font-size:16px;font-weight:600;padding:0 0 6px;line-height:1.35}
caption small{display:block;margin-top:2px;color:var(--ink-soft);font-size:13px;font-weight:400}
th,td{padding:6px 18px 6px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
th{color:var(--ink-soft);font-weight:500;white-space:nowrap}
td.n,th.n{text-align:right;white-space:nowrap}
th:last-child,td:last-child{padding-right:0}
tbody tr:last-child td,tbody tr:last-child th{border-bottom:0}
tbody th{color:var(--ink);font-weight:400;white-space:normal;min-width:7em;max-width:24em;overflow-wrap:break-word}
tbody th small{display:block;color:var(--ink-soft);font-size:12px;line-height:1.35}
details{margin-top:12px}
summary{cursor:pointer;color:var(--accent);font-size:14px}
code{font:12.5px/1.5 ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
pre{margin:10px 0 0;padding:12px 14px;overflow:auto;max-height:420px;background:var(--page);border:1px solid var(--line);border-radius:8px}
ul{margin:10px 0 0;padding-left:20px;max-width:80ch}
li{margin:0 0 6px}
footer{margin-top:40px;padding-bottom:40px;color:var(--ink-soft);font-size:13px}
#tip{position:fixed;z-index:10;max-width:min(320px,calc(100vw - 8px));padding:8px 10px;background:var(--ink);color:var(--page);border-radius:6px;font-size:12.5px;line-height:1.45;pointer-events:none}
#tip[hidden]{display:none}
#tip div{display:flex;justify-content:space-between;gap:14px}
#tip span{opacity:.75;white-space:nowrap}
#tip b{font-weight:600;text-align:right;overflow-wrap:anywhere}
@media (max-width:600px){main,header,footer{padding-left:14px;padding-right:14px}header{padding-top:24px}h1{font-size:25px}.deck{font-size:16px}figure,.card{padding:14px 12px 10px}.tiles{grid-template-columns:1fr 1fr;gap:8px}.tile{padding:10px 12px}.tile dd{font-size:19px}}
@media print{*{print-color-adjust:exact;-webkit-print-color-adjust:exact}body{background:none;font-size:11px}h2,section>p{break-after:avoid;break-inside:avoid}.scroll{overflow:visible}.chart svg{width:100%;height:auto}nav,summary{display:none}figure,.card,.tile{break-inside:avoid;border-color:#ccc}main,header,footer{max-width:none;padding:0}.figures{grid-template-columns:1fr 1fr}section{padding-top:20px}}
`;
