// How the page looks: light, dark by the reader's setting, and on paper. Colours of causes are those of Okabe and Ito, which
// people who don't see red or green tell apart; letters and patterns say the same without any.

export const CAUSE_CLASSES = {
  machine: 'c-machine',
  'own-traffic': 'c-traffic',
  local: 'c-local',
  provider: 'c-provider',
  beyond: 'c-beyond',
  host: 'c-host',
  unclear: 'c-unclear',
} as const;

export const STYLES = `
:root { color-scheme: light dark;
  --paper: #fff; --ink: #1b1f24; --caption: #57606a; --line: #d0d7de; --soft: #f4f6f8;
  --fine: #dbe7f3; --none: #fff; --hatch: #c3cad1; --worse: #8a6d3b;
  --machine: #b8a200; --traffic: #009e73; --local: #e69f00; --provider: #d55e00; --beyond: #c266a0; --host: #3d95cc; --unclear: #8c8c8c;
  --p50: #0087d7; --p95: #a9cdea; --loss: #af005f; --late: #875faf;
  --l1: #fdf1e3; --l2: #f9d3a6; --l3: #ef9a52; --l4: #c4481c; --l3ink: #1b1f24; --l4ink: #fff; }
@media screen and (prefers-color-scheme: dark) { :root {
  --paper: #14171a; --ink: #e6e9ec; --caption: #a0a8b0; --line: #363c42; --soft: #1d2226;
  --fine: #22405a; --none: #14171a; --hatch: #454c53; --worse: #c9a86a;
  --p50: #5fafd7; --p95: #2c5a80; --loss: #ff4f92; --late: #af87d7;
  --l1: #3a2c18; --l2: #5e3f16; --l3: #8a4b10; --l4: #e0662f; --l3ink: #fff; --l4ink: #14171a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.2rem; max-width: 68rem; background: var(--paper); color: var(--ink);
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .3rem; }
h2 { font-size: 1.12rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); padding-bottom: .2rem; }
h3 { font-size: 1rem; margin: 1.3rem 0 .2rem; }
p { margin: .3rem 0; max-width: 52rem; }
.caption, .notes p, th, .axis { color: var(--caption); }
.notes p { font-size: .88rem; }
ul { padding-left: 1.1rem; max-width: 54rem; } li { margin: .3rem 0; }
ul.summary li:first-child { font-weight: 600; font-size: 1.06rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; margin: .5rem 0; }
th, td { padding: .16rem .6rem .16rem 0; text-align: left; white-space: nowrap; font-weight: 400; }
th { font-size: .82rem; border-bottom: 1px solid var(--line); }
.r { text-align: right; }
tbody tr.first td { border-top: 1px solid var(--line); }
.key { display: inline-block; width: 1em; height: 1em; margin: 0 .35em 0 0; vertical-align: -.12em; border: 1px solid var(--line); }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; font-size: .88rem; }
svg { display: block; }
svg.map { width: 100%; min-width: 46rem; height: auto; }
svg text { fill: var(--caption); font: 10px system-ui, sans-serif; }
svg text.on { fill: #fff; font-weight: 700; font-size: 11px; paint-order: stroke; stroke: #0008; stroke-width: 2px; }
.c-fine { fill: var(--fine); background: var(--fine); } .c-unwatched { fill: none; }
.c-machine { fill: var(--machine); background: var(--machine); } .c-traffic { fill: var(--traffic); background: var(--traffic); }
.c-local { fill: var(--local); background: var(--local); } .c-provider { fill: var(--provider); background: var(--provider); }
.c-beyond { fill: var(--beyond); background: var(--beyond); } .c-host { fill: var(--host); background: var(--host); }
.c-unclear { fill: var(--unclear); background: var(--unclear); } .c-worse { fill: var(--worse); background: var(--worse); }
.some { fill-opacity: .55; }
.frame { fill: none; stroke: var(--line); } .grid { stroke: var(--line); stroke-width: 1; }
.hours td { text-align: center; padding: .1rem .16rem; font-size: .74rem; border: 1px solid var(--line); min-width: 2.1rem; }
.hours th { text-align: center; padding: .1rem .16rem; font-size: .74rem; } .hours th:first-child { text-align: left; padding-right: .6rem; }
.n { background: repeating-linear-gradient(45deg, transparent 0 4px, var(--hatch) 4px 5px); }
.l1 { background: var(--l1); } .l2 { background: var(--l2); } .l3 { background: var(--l3); color: var(--l3ink); } .l4 { background: var(--l4); color: var(--l4ink); }
.strip { display: grid; grid-template-columns: 9rem 1fr; gap: 0 .6rem; align-items: center; margin: .35rem 0; }
.strip .name { overflow-wrap: anywhere; font-size: .9rem; } .strip .name b { display: block; }
.strip svg { width: 100%; height: 54px; background: var(--soft); }
.strip .said { grid-column: 2; font-size: .84rem; color: var(--caption); font-variant-numeric: tabular-nums; }
.axis { display: flex; justify-content: space-between; margin-left: 9.6rem; font-size: .8rem; }
.s50 { fill: var(--p50); background: var(--p50); } .s95 { fill: var(--p95); background: var(--p95); }
.sloss { fill: var(--loss); background: var(--loss); } .slate { fill: var(--late); background: var(--late); } .snone { fill: var(--hatch); background: var(--hatch); }
.edge { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 3 3; vector-effect: non-scaling-stroke; opacity: .6; }
dl.episodes dt { margin-top: .6rem; font-weight: 600; } dl.episodes dd { margin: 0 0 0 1.4rem; font-size: .92rem; }
@media (max-width: 40rem) { body { padding: .7rem; } .strip { grid-template-columns: 1fr; } .strip .said { grid-column: 1; } .axis { margin-left: 0; }
  th, td { padding-right: .45rem; } }
@page { size: A4; margin: 14mm; }
@media print { body { font-size: 10.5px; padding: 0; max-width: none; } .wide { overflow: visible; } svg.map { min-width: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } h2, h3 { break-after: avoid; } tr, .strip, .worst, dl.episodes dt { break-inside: avoid; }
  .hours td, .hours th { font-size: 7px; min-width: 0; padding: 1px; } details > summary { display: none; } }
`;
