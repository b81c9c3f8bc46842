/**
 * Real servers from Debian's packages, each on a port of loopback that is not its own, with a configuration of its own
 * in a temporary folder. None of them is reachable from outside.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, realpathSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A server, and what Portgate has to call it. */
export interface ServerSpec {
  name: string
  /** Debian's package. */
  debian: string
  /** What has to be installed: a program's path. */
  program: string
  service: string
  /** Its port, where that cannot be chosen. */
  port?: number
  /** Installs and starts quickly: `.ci/run` tries these. */
  isQuick?: true
  /** Writes its configuration and starts it in the foreground. */
  start(place: Place): Promise<void> | void
}

/** Where a server runs. */
export interface Place {
  folder: string
  port: number
  /** Starts a program that stays in the foreground. */
  run(program: string, args: string[], env?: NodeJS.ProcessEnv, user?: string): void
  write(name: string, text: string): Promise<string>
  /** A certificate and its key, as files. */
  certificate: { cert: string; key: string }
}

/** How long a server may take to listen, in milliseconds: RabbitMQ and ZooKeeper start slowly. */
const START_MS = 40_000

const inFolder = (folder: string, name: string) => join(folder, name)

export const SERVERS: ServerSpec[] = [
  {
    name: 'nginx',
    debian: 'nginx-light',
    program: '/usr/sbin/nginx',
    service: 'http',
    isQuick: true,
    start: startNginx(''),
  },
  {
    name: 'nginx with TLS',
    debian: 'nginx-light',
    program: '/usr/sbin/nginx',
    service: 'https',
    isQuick: true,
    start: startNginx(' ssl'),
  },
  {
    name: 'OpenSSH',
    debian: 'openssh-server',
    program: '/usr/sbin/sshd',
    service: 'ssh',
    isQuick: true,
    async start({ folder, port, run, write }) {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', inFolder(folder, 'key')])
      await mkdir('/run/sshd', { recursive: true })
      const config = await write(
        'config',
        `HostKey ${folder}/key\nPidFile none\nListenAddress 127.0.0.1\nUsePAM no\n`,
      )
      run('/usr/sbin/sshd', ['-D', '-e', '-f', config, '-p', String(port)])
    },
  },
  {
    name: 'Redis',
    debian: 'redis-server',
    program: '/usr/bin/redis-server',
    service: 'redis',
    isQuick: true,
    start: startRedis(),
  },
  {
    name: 'Redis with a password',
    debian: 'redis-server',
    program: '/usr/bin/redis-server',
    service: 'redis',
    isQuick: true,
    start: startRedis('--requirepass', 'x'),
  },
  {
    name: 'memcached',
    debian: 'memcached',
    program: '/usr/bin/memcached',
    service: 'memcache',
    isQuick: true,
    start: ({ port, run }) =>
      run('/usr/bin/memcached', ['-u', 'root', '-l', '127.0.0.1', '-U', '0', '-p', String(port)]),
  },
  {
    name: 'PostgreSQL',
    debian: 'postgresql',
    program: '/usr/share/postgresql-common/pg_wrapper',
    service: 'postgresql',
    async start({ folder, port, run }) {
      const bin = execFileSync('sh', ['-c', 'ls -d /usr/lib/postgresql/*/bin | tail -1'], {
        encoding: 'utf8',
      }).trim()
      await chmod(folder, 0o777)
      const data = inFolder(folder, 'data')
      execFileSync('setpriv', asUser('postgres', [join(bin, 'initdb'), '-D', data]), { stdio: 'ignore' })
      run(
        join(bin, 'postgres'),
        ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder],
        {},
        'postgres',
      )
    },
  },
  {
    name: 'MariaDB',
    debian: 'mariadb-server',
    program: '/usr/sbin/mariadbd',
    service: 'mysql',
    async start({ folder, port, run }) {
      await chmod(folder, 0o777)
      const data = inFolder(folder, 'data')
      execFileSync('mariadb-install-db', ['--no-defaults', '--user=root', `--datadir=${data}`], {
        stdio: 'ignore',
      })
      const socket = inFolder(folder, 'socket')
      run(
        '/usr/sbin/mariadbd',
        ['--no-defaults', '--user=root', `--datadir=${data}`, `--socket=${socket}`].concat([
          '--bind-address=127.0.0.1',
          `--port=${port}`,
        ]),
      )
    },
  },
  {
    name: 'vsftpd',
    debian: 'vsftpd',
    program: '/usr/sbin/vsftpd',
    service: 'ftp',
    isQuick: true,
    async start({ port, run, write }) {
      await mkdir('/var/run/vsftpd/empty', { recursive: true })
      const config = await write(
        'config',
        `listen=YES\nlisten_address=127.0.0.1\nlisten_port=${port}\nbackground=NO\nanonymous_enable=YES\n`,
      )
      run('/usr/sbin/vsftpd', [config])
    },
  },
  {
    name: 'Exim',
    debian: 'exim4-daemon-light',
    program: '/usr/sbin/exim4',
    service: 'smtp',
    async start({ folder, port, run, write }) {
      const config = await write(
        'config',
        `spool_directory = ${folder}\nlog_file_path = ${folder}/%slog\nprimary_hostname = mail.example.com\nlocal_interfaces = 127.0.0.1\nkeep_environment =\nacl_smtp_rcpt = deny\nbegin acl\ndeny:\n  deny\n`,
      )
      await chmod(folder, 0o777)
      await chmod(config, 0o644)
      run('/usr/sbin/exim4', ['-bdf', '-C', config, '-oX', String(port), '-oP', inFolder(folder, 'pid')])
    },
  },
  {
    name: 'Dovecot, IMAP',
    debian: 'dovecot-imapd',
    program: '/usr/sbin/dovecot',
    service: 'imap',
    start: startDovecot('imap'),
  },
  {
    name: 'Dovecot, POP3',
    debian: 'dovecot-pop3d',
    program: '/usr/lib/dovecot/pop3',
    service: 'pop3',
    start: startDovecot('pop3'),
  },
  {
    name: 'Dovecot, IMAP inside TLS',
    debian: 'dovecot-imapd',
    program: '/usr/sbin/dovecot',
    service: 'imaps',
    start: startDovecot('imap', true),
  },
  {
    name: 'OpenLDAP',
    debian: 'slapd',
    program: '/usr/sbin/slapd',
    service: 'ldap',
    start: startSlapd('ldap'),
  },
  {
    name: 'OpenLDAP inside TLS',
    debian: 'slapd',
    program: '/usr/sbin/slapd',
    service: 'ldaps',
    start: startSlapd('ldaps'),
  },
  {
    name: 'Mosquitto',
    debian: 'mosquitto',
    program: '/usr/sbin/mosquitto',
    service: 'mqtt',
    isQuick: true,
    async start({ port, run, write }) {
      run('/usr/sbin/mosquitto', [
        '-c',
        await write('config', `listener ${port} 127.0.0.1\nallow_anonymous false\nuser root\n`),
      ])
    },
  },
  {
    name: 'Mosquitto inside TLS',
    debian: 'mosquitto',
    program: '/usr/sbin/mosquitto',
    service: 'secure-mqtt',
    isQuick: true,
    async start({ port, run, write, certificate: { cert, key } }) {
      const text = `listener ${port} 127.0.0.1\ncertfile ${cert}\nkeyfile ${key}\nallow_anonymous true\nuser root\n`
      run('/usr/sbin/mosquitto', ['-c', await write('config', text)])
    },
  },
  {
    name: 'RabbitMQ',
    debian: 'rabbitmq-server',
    program: '/usr/lib/rabbitmq/bin/rabbitmq-server',
    service: 'amqp',
    start({ folder, port, run }) {
      // RabbitMQ would start one that stays when it goes.
      run('/usr/bin/epmd', ['-port', String(port + 2), '-address', '127.0.0.1'])
      run('/usr/lib/rabbitmq/bin/rabbitmq-server', [], {
        HOME: folder,
        RABBITMQ_NODENAME: `portgate${port}@localhost`,
        RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
        RABBITMQ_NODE_PORT: String(port),
        RABBITMQ_DIST_PORT: String(port + 1),
        RABBITMQ_MNESIA_BASE: folder,
        RABBITMQ_LOG_BASE: folder,
        RABBITMQ_ENABLED_PLUGINS_FILE: inFolder(folder, 'plugins'),
        ERL_EPMD_PORT: String(port + 2),
        ERL_EPMD_ADDRESS: '127.0.0.1',
      })
    },
  },
  {
    name: 'epmd',
    debian: 'erlang-base',
    program: '/usr/bin/epmd',
    service: 'epmd',
    start: ({ port, run }) => run('/usr/bin/epmd', ['-port', String(port), '-address', '127.0.0.1']),
  },
  {
    name: 'Samba',
    debian: 'samba',
    program: '/usr/sbin/smbd',
    service: 'microsoft-ds',
    async start({ folder, port, run, write }) {
      const places = ['lock', 'state', 'cache', 'pid', 'ncalrpc', 'private'].map((name) => {
        const key = name === 'ncalrpc' || name === 'private' ? `${name} dir` : `${name} directory`
        return `${key} = ${folder}/${name}`
      })
      for (const name of ['lock', 'state', 'cache', 'pid', 'ncalrpc', 'private'])
        await mkdir(inFolder(folder, name))
      const config = await write(
        'smb.conf',
        `[global]\ninterfaces = lo\nbind interfaces only = yes\nsmb ports = ${port}\ndisable netbios = yes\n${places.join('\n')}\n`,
      )
      run('/usr/sbin/smbd', ['-F', '--no-process-group', '-s', config, '-l', folder])
    },
  },
  {
    name: 'BIND',
    debian: 'bind9',
    program: '/usr/sbin/named',
    service: 'domain',
    async start({ folder, port, run, write }) {
      const options = `directory "${folder}"; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; pid-file none; session-keyfile none; recursion no; dnssec-validation no;`
      run('/usr/sbin/named', [
        '-f',
        '-c',
        await write('named.conf', `options { ${options} };\ncontrols { };\n`),
      ])
    },
  },
  {
    name: 'rsync',
    debian: 'rsync',
    program: '/usr/bin/rsync',
    service: 'rsync',
    isQuick: true,
    async start({ port, run, write }) {
      const config = await write('config', `address = 127.0.0.1\nport = ${port}\nuse chroot = no\n`)
      run('/usr/bin/rsync', ['--daemon', '--no-detach', `--config=${config}`])
    },
  },
  {
    name: 'tinyproxy',
    debian: 'tinyproxy',
    program: '/usr/bin/tinyproxy',
    service: 'http',
    async start({ port, run, write }) {
      run('/usr/bin/tinyproxy', [
        '-d',
        '-c',
        await write('config', `Port ${port}\nListen 127.0.0.1\nMaxClients 10\nTimeout 60\n`),
      ])
    },
  },
  {
    name: 'Squid',
    debian: 'squid',
    program: '/usr/sbin/squid',
    service: 'squid',
    async start({ folder, port, run, write }) {
      await chmod(folder, 0o777)
      const config = await write(
        'squid.conf',
        `http_port 127.0.0.1:${port}\nhttp_access deny all\ncache deny all\naccess_log none\ncache_log ${folder}/log\npid_filename none\ncoredump_dir ${folder}\nvisible_hostname proxy.example.com\n`,
      )
      run('/usr/sbin/squid', ['-N', '-f', config])
    },
  },
  {
    name: 'Dante',
    debian: 'dante-server',
    program: '/usr/sbin/danted',
    service: 'socks',
    async start({ port, run, write }) {
      const config = await write(
        'config',
        `internal: 127.0.0.1 port = ${port}\nexternal: lo\nsocksmethod: none\nclientmethod: none\nclient pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }\nsocks block { from: 0.0.0.0/0 to: 0.0.0.0/0 }\n`,
      )
      run('/usr/sbin/danted', ['-f', config])
    },
  },
  {
    name: 'Net-SNMP over TCP',
    debian: 'snmpd',
    program: '/usr/sbin/snmpd',
    service: 'snmp',
    isQuick: true,
    async start({ folder, port, run, write }) {
      const config = await write('snmpd.conf', 'rocommunity not-public\n')
      const options = ['-f', '-Lo', '-C', '-c', config, '-I', '-smux', `tcp:127.0.0.1:${port}`]
      run('/usr/sbin/snmpd', options, { SNMP_PERSISTENT_DIR: folder })
    },
  },
  {
    name: 'TigerVNC',
    debian: 'tigervnc-standalone-server',
    program: '/usr/bin/Xtigervnc',
    service: 'rfb',
    start: ({ port, run }) =>
      run('/usr/bin/Xtigervnc', [
        `:${port % 1000}`,
        '-rfbport',
        String(port),
        '-localhost',
        '-SecurityTypes',
        'None',
      ]),
  },
  {
    name: 'X11',
    debian: 'xvfb',
    program: '/usr/bin/Xvfb',
    service: 'x11',
    // The port of a display is 6000 and its number.
    start: ({ port, run }) =>
      run('/usr/bin/Xvfb', [`:${port - 6000}`, '-listen', 'tcp', '-nolisten', 'unix']),
  },
  {
    name: 'xrdp',
    debian: 'xrdp',
    program: '/usr/sbin/xrdp',
    service: 'ms-wbt-server',
    async start({ port, run, write, certificate: { cert, key } }) {
      const config = await write(
        'xrdp.ini',
        `[Globals]\nport=tcp://127.0.0.1:${port}\nsecurity_layer=negotiate\ncertificate=${cert}\nkey_file=${key}\nfork=true\n[Logging]\nLogFile=/dev/null\n[Xorg]\nname=Xorg\nlib=libxup.so\n`,
      )
      run('/usr/sbin/xrdp', ['--nodaemon', '--config', config])
    },
  },
  {
    name: 'ZooKeeper',
    debian: 'zookeeperd',
    program: '/usr/share/java/zookeeper.jar',
    service: 'zookeeper',
    async start({ folder, port, run, write }) {
      const config = await write(
        'zoo.cfg',
        `tickTime=2000\ndataDir=${folder}\nclientPort=${port}\nclientPortAddress=127.0.0.1\nadmin.enableServer=false\n`,
      )
      const jars = '/usr/share/java/zookeeper.jar:/usr/share/java/*:/etc/zookeeper/conf'
      run('java', ['-cp', jars, 'org.apache.zookeeper.server.quorum.QuorumPeerMain', config])
    },
  },
  {
    name: 'CUPS',
    debian: 'cups',
    program: '/usr/sbin/cupsd',
    service: 'ipp',
    async start({ folder, port, run, write }) {
      const config = await write(
        'cupsd.conf',
        `Listen 127.0.0.1:${port}\n<Location />\n  Order allow,deny\n  Allow localhost\n</Location>\n`,
      )
      const files = await write(
        'cups-files.conf',
        `ServerRoot ${folder}\nStateDir ${folder}\nCacheDir ${folder}\nRequestRoot ${folder}\nTempDir ${folder}\nErrorLog ${folder}/log\nAccessLog ${folder}/access\n`,
      )
      run('/usr/sbin/cupsd', ['-f', '-c', config, '-s', files])
    },
  },
  {
    name: 'rpcbind',
    debian: 'rpcbind',
    program: '/sbin/rpcbind',
    service: 'sunrpc',
    port: 111,
    start: ({ run }) => run('/sbin/rpcbind', ['-f']),
  },
]

function startRedis(...more: string[]): ServerSpec['start'] {
  return ({ folder, port, run }) => {
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '']
    run('/usr/bin/redis-server', [...options, ...more])
  }
}

function startNginx(tls: string): ServerSpec['start'] {
  return async ({ folder, port, run, write, certificate: { cert, key } }) => {
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${folder};`,
    )
    const server = `listen 127.0.0.1:${port}${tls}; ${tls ? `ssl_certificate ${cert}; ssl_certificate_key ${key};` : ''} root ${folder};`
    const config = await write(
      'nginx.conf',
      `daemon off; pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${paths.join(' ')} server { ${server} } }`,
    )
    await write('index.html', '<title>Welcome</title>')
    await chmod(folder, 0o755)
    run('/usr/sbin/nginx', ['-c', config])
  }
}

function startDovecot(protocol: 'imap' | 'pop3', tls = false): ServerSpec['start'] {
  return async ({ folder, port, run, write, certificate: { cert, key } }) => {
    const listeners = (['imap', 'pop3'] as const).map((name) => {
      const on = name === protocol
      return `service ${name}-login {\n  inet_listener ${name} {\n    port = ${on && !tls ? port : 0}\n  }\n  inet_listener ${name}s {\n    port = ${on && tls ? port : 0}\n    ssl = yes\n  }\n}\n`
    })
    const ssl = `ssl = ${tls ? 'yes' : 'no'}\nssl_cert = <${cert}\nssl_key = <${key}\n`
    const base = `base_dir = ${folder}/run\nlisten = 127.0.0.1\nprotocols = ${protocol}\nlog_path = /dev/stderr\ndisable_plaintext_auth = no\npassdb {\n  driver = static\n  args = password=x\n}\nuserdb {\n  driver = static\n  args = uid=nobody gid=nogroup home=/nonexistent\n}\n`
    await chmod(folder, 0o755)
    run('/usr/sbin/dovecot', [
      '-F',
      '-c',
      await write('config', `${base}${ssl}${listeners[protocol === 'imap' ? 0 : 1]}`),
    ])
  }
}

function startSlapd(scheme: 'ldap' | 'ldaps'): ServerSpec['start'] {
  return async ({ folder, port, run, write, certificate: { cert, key } }) => {
    const tls = scheme === 'ldaps' ? `TLSCertificateFile ${cert}\nTLSCertificateKeyFile ${key}\n` : ''
    const config = await write(
      'slapd.conf',
      `include /etc/ldap/schema/core.schema\npidfile ${folder}/pid\n${tls}modulepath /usr/lib/ldap\ndatabase ldif\nsuffix "dc=example,dc=com"\ndirectory ${folder}\n`,
    )
    run('/usr/sbin/slapd', ['-d', '0', '-f', config, '-h', `${scheme}://127.0.0.1:${port}/`])
  }
}

function asUser(user: string, command: string[]): string[] {
  return ['--reuid', user, '--regid', user, '--clear-groups', ...command]
}

/** A running server. */
export interface Running extends AsyncDisposable {
  /** Undefined where it did not come up. */
  isUp: boolean
  output(): string
}

/** Whether a server's package is installed. */
export function isInstalled({ program }: ServerSpec): boolean {
  return existsSync(program)
}

/** Starts a server and waits until its port accepts connections. */
export async function startServer(
  spec: ServerSpec,
  port: number,
  certificate: Place['certificate'],
): Promise<Running> {
  const folder = realpathSync(await mkdtemp(join(tmpdir(), 'portgate-server-')))
  const children: ChildProcess[] = []
  let output = ''
  let failed = false
  const run: Place['run'] = (program, args, env = {}, user) => {
    const command = user ? ['setpriv', ...asUser(user, [program, ...args])] : [program, ...args]
    const child = spawn(command[0] as string, command.slice(1), {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, ...env },
      detached: true,
      // Not a pipe: rsync and Samba would take it for a connection that inetd passes on.
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.push(child)
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', (error) => (output += error.message))
    child.once('exit', () => (failed = true))
  }
  const write = async (name: string, text: string) => {
    await writeFile(join(folder, name), text)
    return join(folder, name)
  }
  await spec.start({ folder, port, run, write, certificate })
  const isUp = await waitForPort(port, () => failed)
  return {
    isUp,
    output: () => output,
    async [Symbol.asyncDispose]() {
      for (const child of children) {
        if (child.exitCode !== null || child.signalCode !== null || !child.pid) continue
        // The group: some servers have children.
        process.kill(-child.pid, 'SIGKILL')
        await once(child, 'exit')
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function waitForPort(port: number, hasFailed: () => boolean): Promise<boolean> {
  for (const until = Date.now() + START_MS; Date.now() < until && !hasFailed(); await sleep(100)) {
    if (await accepts(port)) return true
  }
  return false
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
