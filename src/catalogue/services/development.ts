import type { CatalogueEntry } from '../../model.ts'

/** Debuggers, build and test tools, source code. */
export const development: CatalogueEntry[] = [
  {
    service: 'cvspserver',
    name: 'CVS',
    ports: [2401],
    category: 'development',
    severity: 'medium',
    why: 'Passwords are merely scrambled, and the server has hardly been maintained since flaws such as the heap overflow CVE-2004-0396.',
    remedy:
      'Archive the repository or move it to Git. Until then use CVS over SSH (:ext:) instead of pserver.',
    sources: ['https://nvd.nist.gov/vuln/detail/CVE-2004-0396'],
  },
  {
    service: 'distcc',
    name: 'distcc',
    ports: [3632],
    category: 'development',
    severity: 'critical',
    why: 'Runs a compiler for anybody it is not told to refuse, and a compiler can be made to run anything (CVE-2004-2687).',
    remedy:
      'Start distccd with --allow for the build network only, or use its SSH mode, which asks for a login. Never leave it on a public address.',
    sources: ['https://www.distcc.org/security.html', 'https://nvd.nist.gov/vuln/detail/CVE-2004-2687'],
  },
  {
    service: 'svn',
    name: 'Subversion',
    ports: [3690],
    category: 'development',
    severity: 'medium',
    why: 'By default svnserve lets everybody read, and sends what follows the login in the clear.',
    remedy:
      'Use svn+ssh:// or HTTPS. Otherwise set anon-access = none, SASL with encryption, and limit the source addresses.',
    sources: ['https://svnbook.red-bean.com/en/1.7/svn.serverconfig.svnserve.html'],
  },
  {
    service: 'selenium',
    name: 'Selenium Grid',
    ports: [4444],
    category: 'development',
    severity: 'critical',
    why: "It asks for no password by default and starts programs as browsers: miners have spread that way (SeleniumGreed, 2024). It is also the port that Metasploit's payloads open by default.",
    remedy:
      'Keep the grid on a private network. Otherwise set --username, --password and TLS on the router. If nobody runs a grid, treat the host as broken into.',
    sources: [
      'https://www.selenium.dev/documentation/grid/getting_started/',
      'https://www.wiz.io/blog/seleniumgreed-cryptomining-exploit-attack-flow-remediation-steps',
    ],
    over: 'http',
  },
  {
    service: 'jdwp',
    name: 'Java debugger (JDWP)',
    ports: [5005],
    category: 'development',
    severity: 'critical',
    why: 'It asks for no password and runs any method in the program. In 2025 a miner was seen to be installed within hours of such a port being opened.',
    remedy:
      'Remove -agentlib:jdwp from production. To debug, bind it to loopback (address=127.0.0.1:5005) and tunnel it over SSH.',
    sources: [
      'https://docs.oracle.com/en/java/javase/17/docs/specs/jpda/conninv.html',
      'https://www.wiz.io/blog/exposed-jdwp-exploited-in-the-wild',
    ],
  },
  {
    service: 'adb',
    name: 'Android Debug Bridge',
    ports: [5555],
    category: 'development',
    severity: 'critical',
    why: 'A shell on the device; many television boxes ship with it open and ask for no consent. Botnets such as ADB.Miner (2018) live on it.',
    remedy:
      'Run adb usb and turn off wireless debugging in the developer options. Otherwise keep such devices off public addresses.',
    sources: [
      'https://developer.android.com/tools/adb',
      'https://www.trendmicro.com/en_us/research/18/g/open-adb-ports-being-exploited-to-spread-possible-satori-variant-in-android-devices.html',
    ],
  },
  {
    service: 'teamcity',
    name: 'JetBrains TeamCity',
    ports: [8111],
    category: 'development',
    severity: 'high',
    why: "A build server holds sources, secrets and the way into releases. Login bypasses were exploited in 2023, by Russia's SVR among others, and in 2024 within hours.",
    remedy:
      'Put it behind a VPN or a proxy that asks for a login first. If it has to be public, install security updates on the day.',
    sources: [
      'https://www.cisa.gov/news-events/cybersecurity-advisories/aa23-347a',
      'https://nvd.nist.gov/vuln/detail/CVE-2024-27198',
    ],
    over: 'http',
  },
  {
    service: 'sonarqube',
    name: 'SonarQube, or another web console (Portainer, MinIO)',
    ports: [9000],
    category: 'development',
    severity: 'high',
    why: 'In 2020 the FBI warned of source code stolen from public SonarQube servers with the login admin and admin. PHP-FPM, if it is that, runs code for anybody who connects.',
    remedy:
      'Put it behind a VPN or a proxy with single sign-on, change default passwords and force authentication. Let PHP-FPM listen on a Unix socket.',
    sources: [
      'https://www.bleepingcomputer.com/news/security/fbi-hackers-stole-government-source-code-via-sonarqube-instances/',
      'https://www.php.net/manual/en/install.fpm.configuration.php',
    ],
    over: 'http',
  },
  {
    service: 'chrome-devtools',
    name: 'Chrome remote debugging',
    ports: [9222],
    category: 'development',
    severity: 'critical',
    why: 'It asks for no password and drives the browser: cookies, logged-in sessions and local files. Thieves of cookies use it on purpose.',
    remedy:
      'Start the browser without --remote-debugging-port, or with --remote-debugging-pipe. Otherwise leave it on loopback and tunnel it over SSH.',
    sources: [
      'https://developer.chrome.com/blog/remote-debugging-port',
      'https://chromedevtools.github.io/devtools-protocol/',
    ],
    over: 'http',
  },
  {
    service: 'node-inspector',
    name: 'Node.js inspector',
    ports: [9229],
    category: 'development',
    severity: 'critical',
    why: "It asks for no password and runs any JavaScript inside the process, with the process's files and secrets.",
    remedy:
      'Remove --inspect from production. To debug, leave it on 127.0.0.1, which is its default, and tunnel it over SSH.',
    sources: ['https://nodejs.org/en/learn/getting-started/debugging'],
    over: 'http',
  },
  {
    service: 'git',
    name: 'Git daemon',
    ports: [9418],
    category: 'development',
    severity: 'medium',
    why: 'Serves repositories to everybody, unencrypted and without a login; with --enable=receive-pack it lets everybody push.',
    remedy:
      'Serve Git over HTTPS or SSH. Otherwise export chosen repositories only and never enable receive-pack.',
    sources: ['https://git-scm.com/docs/git-daemon'],
  },
]
