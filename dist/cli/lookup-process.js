/** The lookup process. It is ended by a kill: a lookup under way would otherwise keep it alive for seconds. */
import { lookup } from 'node:dns/promises';
// Ctrl-C goes to all processes of a terminal; this one ends with the other, which may have questions left.
for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => { });
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', async ({ id, name, family }) => {
    const answer = await lookup(name, { family, all: true }).then((found) => ({ id, addresses: found.map(({ address }) => address) }), ({ code = 'unknown error' }) => ({ id, code }));
    process.send?.(answer);
});
