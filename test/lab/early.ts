/**
 * Connects to silent ports with sockets that the host has refused before, while the events of their refusals are handed out.
 * Argument: an address that refuses the first ports and is silent above 1,000. Prints what was reported.
 */
import { connect, createServer } from 'node:net'
import { createConnector } from '../../src/scan/connect/index.ts'

const [address = ''] = process.argv.slice(2)
const MANY = 50
const { connect: start } = createConnector(MANY)
const reported: Record<string, number> = {}

/** When data comes for the second time, the refusals after it in the list of events have not been handed out yet. */
let times = 0
const server = createServer((socket) =>
  socket.on('data', () => {
    times += 1
    if (times < 2) return
    for (let port = 1; port <= MANY; port++) {
      start(address, 1_000 + port, (outcome) => {
        const name = outcome?.state ?? 'nothing'
        reported[name] = (reported[name] ?? 0) + 1
      })
    }
    setTimeout(() => {
      console.log(JSON.stringify(reported))
      process.exit()
    }, 300)
  }),
)
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as { port: number }
  const peer = connect({ port, host: '127.0.0.1', noDelay: true }, async () => {
    await new Promise((resolve) => setTimeout(resolve, 50))
    peer.write('a')
    let refused = 0
    for (let index = 0; index < MANY; index++) {
      start(address, 1 + (index % 7), () => {
        refused += 1
        if (refused === 1) peer.write('b')
      })
    }
  })
})
