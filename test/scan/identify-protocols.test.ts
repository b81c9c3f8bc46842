/**
 * Servers that are not to be had here, each reduced to one exchange by its own specification; those that are to be had
 * are asked by `npm run services`.
 */
import { describe, expect, test } from 'vitest'
import { identifyPort } from '../../src/scan/identify/identify.ts'
import { listen, type Service } from '../fixtures/services/listener.ts'
import { speaksFirst } from '../fixtures/services/speakers.ts'

const never = new AbortController().signal
const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex')

/** Answers one request and hangs up on all others, as servers do that cannot make sense of them. */
function answersTo(request: string, answer: Buffer): Service {
  return (socket) => {
    socket.once('data', (heard: Buffer) => {
      if (heard.toString('hex').startsWith(request.replace(/\s/g, ''))) socket.write(answer)
      else socket.destroy()
    })
  }
}

/** Answers every page with these headers and this body. */
function serves(headers: string, body = '', status = '200 OK', paths = /^GET \/ /): Service {
  return (socket) => {
    socket.once('data', (first: Buffer) => {
      const isKnown = paths.test(first.toString('latin1'))
      const text = isKnown ? body : '404 page not found\n'
      const line = isKnown ? status : '404 Not Found'
      const isHttp = first.toString('latin1', 0, 4) === 'GET '
      if (!isHttp) socket.destroy()
      else
        socket.end(
          `HTTP/1.1 ${line}\r\n${isKnown ? headers : ''}Content-Length: ${text.length}\r\n\r\n${text}`,
        )
    })
  }
}

/** `{ maxBsonObjectSize: 16777216, ok: 1 }` in an OP_REPLY to request 0x7067. */
const isMaster = hex(
  '5a000000 01000000 67700000 01000000 08000000 0000000000000000 00000000 01000000' +
    '36000000 10 6d617842736f6e4f626a65637453697a6500 00000001 01 6f6b00 000000000000f03f 00',
)

describe.concurrent('protocols', () => {
  test.each<[string, Service, string, string?]>([
    // MongoDB wire protocol, OP_QUERY and OP_REPLY.
    ['MongoDB', answersTo('3a000000 67700000 00000000 d4070000', isMaster), 'mongodb'],
    // Kafka protocol, ApiVersions v0: length, correlation id, no error, one interface.
    [
      'Kafka',
      answersTo('0000000a 0012 0000', hex('00000010 00007067 0000 00000001 0012 0000 0003')),
      'kafka',
    ],
    // MS-TDS 2.2.6.5, PRELOGIN response: VERSION at 26, ENCRYPTION, the end, 16.0.4135.
    [
      'SQL Server',
      answersTo('12 01', hex('04 01 0020 0000 01 00  00 000b 0006  01 0011 0001  ff  10 00 1027 0000  02')),
      'ms-sql-s',
      '16.0.4135',
    ],
    // native_protocol_v4.spec, 4.2.4: SUPPORTED.
    [
      'Cassandra',
      answersTo(
        '04000000 05',
        Buffer.concat([
          hex('84 00 0000 06 0000001a 0001 000b'),
          Buffer.from('CQL_VERSION'),
          hex('0001 0005 332e342e35'),
        ]),
      ),
      'cassandra',
    ],
    ['Bolt', answersTo('6060b017', hex('00000404')), 'bolt'],
    ['AJP', answersTo('1234 0001 0a', hex('4142 0001 09')), 'ajp'],
    // RFC 5531, 9: a reply that was accepted with success, to the call of NFS.
    [
      'NFS',
      answersTo('80000028 000186a0', hex('80000018 000186a3 00000001 00000000 00000000 00000000 00000000')),
      'nfs',
    ],
    [
      'RTSP',
      answersTo(
        Buffer.from('OPTIONS * RTSP').toString('hex'),
        Buffer.from('RTSP/1.0 200 OK\r\nCSeq: 1\r\nServer: Cam/2\r\n\r\n'),
      ),
      'rtsp',
      'Cam/2',
    ],
    ['telnet', speaksFirst(hex('fffd18 fffd20 fffd23 fffd27')), 'telnet'],
    [
      'NATS',
      speaksFirst('INFO {"server_id":"NA","server_name":"NA","version":"2.10.7","proto":1}\r\n'),
      'nats',
      '2.10.7',
    ],
    ['Subversion', speaksFirst('( success ( 2 2 ( ) ( edit-pipeline svndiff1 ) ) ) '), 'svn'],
    ['Munin', speaksFirst('# munin node at db1.example.com\n'), 'munin'],
    ['Asterisk', speaksFirst('Asterisk Call Manager/9.0.0\r\n'), 'asterisk-ami', '9.0.0'],
    [
      'Checkmk',
      speaksFirst('<<<check_mk>>>\nVersion: 2.3.0p1\nAgentOS: linux\n'),
      'checkmk-agent',
      '2.3.0p1',
    ],
    ['IRC', speaksFirst(':irc.example.com NOTICE * :*** Looking up your hostname...\r\n'), 'ircu'],
    [
      'NNTP',
      speaksFirst('200 news.example.com InterNetNews server INN 2.7.1 ready\r\n'),
      'nntp',
      'InterNetNews server INN 2.7.1 ready',
    ],
    ['ManageSieve', speaksFirst('"IMPLEMENTATION" "Dovecot Pigeonhole"\r\n'), 'sieve', 'Dovecot Pigeonhole'],
    [
      'ActiveMQ',
      speaksFirst(Buffer.concat([hex('000000f0 01'), Buffer.from('ActiveMQ'), hex('0000000c 01')])),
      'activemq',
    ],
    [
      'VMware',
      speaksFirst(
        '220 VMware Authentication Daemon Version 1.10: SSL Required, ServerDaemonProtocol:SOAP\r\n',
      ),
      'vmware-authd',
      'VMware Authentication Daemon Version 1.10: SSL Required',
    ],
    [
      'ProFTPD',
      speaksFirst('220 ProFTPD Server (Debian) [::ffff:127.0.0.1]\r\n'),
      'ftp',
      'ProFTPD Server (Debian',
    ],
    [
      'Sendmail',
      speaksFirst('220 mail.example.com ESMTP Sendmail 8.17.1/8.17.1; Tue, 24 Nov 2026\r\n'),
      'smtp',
      'Sendmail 8.17.1/8.17.1; Tue, 24 Nov 2026',
    ],
    [
      'a mail server that wants nobody',
      speaksFirst('554 mail.example.com ESMTP not accepting messages\r\n'),
      'smtp',
      'ESMTP',
    ],
  ])('%s', async (_name, service, expected, product) => {
    await using listener = await listen(service)
    const found = await identifyPort({ address: '127.0.0.1', port: listener.port }, never)
    expect([found?.service, found?.product]).toEqual([expected, product])
  })
})

describe.concurrent('services behind HTTP', () => {
  const page = (title: string) => `<!doctype html><html><head><title>${title}</title></head></html>`
  test.each<[string, Service, string]>([
    [
      'Elasticsearch',
      serves(
        'content-type: application/json\r\n',
        '{"name":"a","version":{},"tagline" : "You Know, for Search"}',
      ),
      'elasticsearch',
    ],
    [
      'Elasticsearch that wants a login',
      serves('X-elastic-product: Elasticsearch\r\n', '{}', '401 Unauthorized'),
      'elasticsearch',
    ],
    ['Kibana', serves('kbn-name: k\r\nlocation: /login\r\n', '', '302 Found'), 'kibana'],
    ['CouchDB', serves('Server: CouchDB/3.3.3 (Erlang OTP/25)\r\n', '{"couchdb":"Welcome"}'), 'couchdb'],
    [
      'InfluxDB',
      serves('X-Influxdb-Version: 1.8.10\r\n', '404 page not found\n', '404 Not Found'),
      'influxdb',
    ],
    ['ClickHouse', serves('X-ClickHouse-Summary: {}\r\n', 'Ok.\n'), 'clickhouse-http'],
    ['RabbitMQ management', serves('', page('RabbitMQ Management')), 'rabbitmq-management'],
    ['Docker', serves('', '{"message":"page not found"}\n', '404 Not Found'), 'docker'],
    [
      'etcd, by its version',
      serves('', '{"etcdserver":"3.5.9","etcdcluster":"3.5.0"}', '200 OK', /^GET \/version /),
      'etcd-client',
    ],
    [
      'the Kubernetes API',
      serves('', '{"kind":"Status","apiVersion":"v1","code":403}', '403 Forbidden'),
      'kube-apiserver',
    ],
    [
      'Grafana',
      serves('Set-Cookie: redirect_to=%2F; Path=/\r\nLocation: /login\r\n', '', '302 Found'),
      'grafana',
    ],
    [
      'Prometheus',
      serves('Location: /query\r\n', '<a href="/query">Found</a>.\n', '302 Found'),
      'prometheus',
    ],
    ['Jenkins', serves('X-Jenkins: 2.440\r\n', '', '403 Forbidden'), 'jenkins'],
    ['Ollama', serves('', 'Ollama is running'), 'ollama'],
    [
      'the Node.js inspector',
      serves('', 'WebSockets request was expected\r\n', '400 Bad Request'),
      'node-inspector',
    ],
    ['MinIO', serves('Server: MinIO\r\n', '', '403 Forbidden'), 'minio'],
    [
      'a site of Windows with a login, which is no remote management',
      serves('WWW-Authenticate: Negotiate\r\nServer: Microsoft-HTTPAPI/2.0\r\n', '', '401 Unauthorized'),
      'http',
    ],
    ['cPanel', serves('Server: cpsrvd\r\n', page('cPanel Login')), 'cpanel'],
    ['cPanel WHM', serves('Server: cpsrvd\r\n', page('WHM Login')), 'whm'],
    ['Squid', serves('X-Squid-Error: ERR_INVALID_URL 0\r\n', '', '400 Bad Request'), 'squid'],
    ['a page that writes about Jenkins', serves('', page('Why we left Jenkins')), 'http'],
    [
      'a Go server without a front page',
      serves('', '404 page not found\n', '404 Not Found', /^GET \/(?:version)? /),
      'http',
    ],
  ])('%s', async (_name, service, expected) => {
    await using listener = await listen(service)
    const found = await identifyPort({ address: '127.0.0.1', port: listener.port }, never)
    expect(found?.service).toBe(expected)
  })
})

test('NFS is greeted at once where the port suggests it', async () => {
  const reply = hex('80000018 000186a3 00000001 00000000 00000000 00000000 00000000')
  await using listener = await listen(answersTo('80000028 000186a0', reply))
  const target = { address: '127.0.0.1', port: listener.port, hint: 'nfs' }
  expect(await identifyPort(target, never)).toEqual({ service: 'nfs' })
  expect(listener.connections).toBe(1)
})

test('a delicate port is listened to and gets nothing', async () => {
  await using listener = await listen((socket) => void socket.on('data', () => {}))
  expect(await identifyPort({ address: '127.0.0.1', port: listener.port, delicate: true }, never)).toEqual({})
  expect(listener).toMatchObject({ connections: 1, received: '' })
})
