#!/usr/bin/env node
// The first file of each bundle: it says in words that Node is too old, since an old one could not even parse the next file.
// Any Node that knows modules can parse this one: it uses nothing newer, and imports nothing before the version is known.
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
