// The native parts for each line of Node that is supported, into native/built, from where `npm pack` takes them: an
// installed package then needs neither compiler nor install script, which npm 12 doesn't run unasked.

import { compileParts, fetchNode, NODE_LINES, platformTag, withScratch } from './native-build.js';
import { projectRoot, say } from './project.js';

for (const line of NODE_LINES) {
  await withScratch((folder) => {
    const node = fetchNode(line, folder, ['include']);
    compileParts(line, `${node}/include/node`, `${projectRoot}/native/built/${platformTag(line.abi)}`);
  });
  say(`native parts for Node ${line.major} (${platformTag(line.abi)})`);
}
