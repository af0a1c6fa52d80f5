// A hundred odd records read by `pingem summary` and `pingem export`: file, exit status, what was said, seconds, MiB.
// Ends with 1 if any of them took more than 10 s of CPU or 1 GB, or ended in anything but a line.
//
// npm run odd-records [-- WORD]  (only those with WORD in their name)

import { complaint, runOddRecords } from '../test/support/odd-records-run.js';
import { oddRecords } from '../test/support/odd-records.js';
import { fixed } from './figures.js';
import { formatTable } from './table.js';

const MOST = { seconds: 10, mebibytes: 1024 };
const SAID_CHARS = 90;

const word = process.argv[2] ?? '';
const chosen = [...oddRecords].filter(([name]) => name.includes(word));
const rows: string[][] = [];
let complaints = 0;
for await (const run of runOddRecords(chosen, 1)) {
  const wrong = complaint(run, MOST);
  if (wrong !== null) complaints++;
  const [first = '', ...more] = run.said.trimEnd().split('\n');
  const said = `${first.slice(0, SAID_CHARS)}${more.length > 0 ? ` (+ ${more.length})` : ''}`;
  process.stderr.write(`${run.name}: ${run.command} ${fixed(run.seconds, 1)} s ${wrong ?? ''}\n`);
  rows.push([
    run.name,
    run.command,
    fixed(run.fileBytes / 2 ** 20, 2),
    `${run.status}`,
    fixed(run.seconds, 2),
    fixed(run.cpuSeconds, 2),
    fixed(run.mebibytes, 0),
    said,
    wrong ?? '',
  ]);
}
const columns = ['record', 'command', 'file MiB', 'status', 'seconds', 'CPU s', 'MiB', 'said', 'wrong'];
const notes = [
  `${chosen.length} records, ${complaints} complaints; allowed: ${MOST.seconds} s of CPU (the machine may be busy with other things), ${MOST.mebibytes} MiB, one line for each line skipped, up to eleven.`,
];
process.stdout.write(`${formatTable({ title: 'Odd records', columns, rows, notes })}\n`);
process.exitCode = complaints > 0 ? 1 : 0;
