#!/usr/bin/env node
// The first file of each bundle: it says in words that a Node is too old, which could not even read the next one. Any Node that
// knows modules reads this: nothing in it is younger, and nothing is imported before the version is known.
const version = process.versions.node;
const parts = version.split('.');
const major = Number(parts[0]);
if (major > 20 || (major === 20 && Number(parts[1]) >= 19)) {
    // @ts-expect-error: the build puts it there.
    import('./main.js');
}
else {
    process.stderr.write(`Portgate needs Node 20.19 or later, and this is Node ${version}.\n`);
    process.exitCode = 2;
}
export {};
