// The native parts for each line of Node that is supported, or for those that are named (`22 24`), into native/built, from where `npm pack` takes them: an
// installed package then needs neither compiler nor install script, which npm 12 doesn't run unasked.

import { compileParts, fetchNode, NODE_LINES, platformTag, withScratch } from './native-build.js';
import { projectRoot, say } from './project.js';

const majors = process.argv.slice(2);

for (const line of NODE_LINES.filter(({ major }) => majors.length === 0 || majors.includes(String(major)))) {
  await withScratch((folder) => {
    const node = fetchNode(line, folder, ['include']);
    compileParts(line, `${node}/include/node`, `${projectRoot}/native/built/${platformTag(line.abi)}`);
  });
  say(`native parts for Node ${line.major} (${platformTag(line.abi)})`);
}
