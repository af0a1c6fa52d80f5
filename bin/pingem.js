#!/usr/bin/env node
// Must load on any Node, as a module or not, so that one that is too old can say so: no static import, no import.meta,
// no syntax newer than ES2017. package.json's "engines" has the same version; a test holds one against the other.
const [major, minor] = process.versions.node.split('.').map(Number);

const refuse = (message) => {
  process.stderr.write(`pingem: ${message}\n`);
  process.exit(2);
};

const surroundings = async () => {
  const [fs, path] = [await import('fs'), await import('path')];
  const folder = path.dirname(path.dirname(fs.realpathSync(process.argv[1])));
  const isFound = (tool) => (process.env.PATH || '').split(':').some((bin) => fs.existsSync(path.join(bin, tool)));
  return { fs, path, folder, isFound };
};

const refuseUnbuilt = async (error) => {
  // So few that the program's own files can't be opened.
  const tooFew = () => refuse('too few file descriptors: raise the limit, such as with  ulimit -n 256');
  if (error.code === 'EMFILE') tooFew();
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  const { fs, path, folder, isFound } = await surroundings();
  // Node says so too of files that are there, and of a package's main file that it then guesses, where it has no descriptor
  // left to look.
  const named = (/'(\/[^']+)'/.exec(error.message) || [])[1] || '';
  if (fs.existsSync(named) || (named.includes('/node_modules/') && fs.existsSync(path.dirname(named)))) tooFew();
  // A file of pingem's own has a URL, a package a name.
  const missing = error.url === undefined ? (/'([^']+)'/.exec(error.message) || [])[1] : 'its compiled form (dist)';
  const tools = ['g++', 'make', 'python3'].filter((tool) => !isFound(tool)).join(' ');
  const first = tools === '' ? '' : `install ${tools} (Debian: sudo apt install ${tools}), then `;
  refuse(`${missing} is missing, pingem was not built here; ${first}type: (cd ${folder} && npm ci)`);
};

const refuseOldNode = async () => {
  const { fs, path, folder, isFound } = await surroundings();
  const first = isFound('npm') ? '' : 'install npm (Debian: sudo apt install npm), then ';
  // What an installed package needs is in it.
  const built = fs.existsSync(path.join(folder, 'src')) ? `, then (cd ${folder} && npm ci)` : '';
  refuse(
    `Node.js ${process.versions.node} (${process.execPath}) is too old, pingem takes 20.19 or newer; ` +
      `${first}type: sudo npm install -g node@22${built}`,
  );
};

if (major < 20 || (major === 20 && minor < 19)) void refuseOldNode();
else import('../dist/cli/main.js').then(({ main }) => main(process.argv.slice(2))).catch(refuseUnbuilt);
