// Asked by bin/pingem, as root, on Nodes that may refuse to change users.
import { secondWay } from '../dist/cli/arguments/setpriv-arguments.js';
process.stdout.write(secondWay(process.argv.slice(2), process.env));
