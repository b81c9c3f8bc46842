import type { CatalogueEntry } from '../../model.ts'

/** Web servers, application servers and proxies. */
export const web: CatalogueEntry[] = [
  {
    service: 'http',
    name: 'HTTP',
    ports: [80],
    category: 'web',
    severity: 'low',
    why: 'Meant for the public, but not for every host: here it says that a web server runs which the policy does not know.',
    remedy: 'Stop the server, or close the port. Where it is wanted, let it redirect to HTTPS.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110'],
  },
  {
    service: 'https',
    name: 'HTTPS',
    ports: [443],
    category: 'web',
    severity: 'low',
    why: 'Meant for the public, but not for every host: here it says that a web server runs which the policy does not know.',
    remedy: 'Stop the server, or close the port, where nobody needs it.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110', 'https://www.rfc-editor.org/rfc/rfc9325'],
  },
  {
    service: 'socks',
    name: 'SOCKS proxy',
    ports: [1080],
    category: 'web',
    severity: 'medium',
    why: 'An open proxy lends its address to spam and attacks, and its place in the network to whoever wants to see what is inside.',
    remedy:
      'Bind it to loopback or a private network. Otherwise require a login and forbid destinations inside your networks.',
    sources: ['https://www.rfc-editor.org/rfc/rfc1928', 'https://www.rfc-editor.org/rfc/rfc1929'],
  },
  {
    service: 'squid',
    name: 'Squid proxy',
    ports: [3128],
    category: 'web',
    severity: 'medium',
    why: 'An open proxy lends its address to spam and attacks, and reaches hosts, such as cloud metadata services, that only the inside may ask.',
    remedy:
      'Name the networks that may use it (http_access deny all last) and bind it to a private address. Otherwise require a login.',
    sources: ['https://wiki.squid-cache.org/SquidFaq/SecurityPitfalls'],
    over: 'http',
  },
  {
    service: 'appserv-http',
    name: 'GlassFish administration',
    ports: [4848],
    category: 'web',
    severity: 'high',
    why: 'Deploys applications, which is code on the host, for whoever logs in; a bypass of the login (CVE-2011-0807) has been in attack tools since 2011.',
    remedy:
      'Bind the administration listener to loopback or a private address. Otherwise run asadmin enable-secure-admin with a strong password.',
    sources: ['https://nvd.nist.gov/vuln/detail/CVE-2011-0807'],
    over: 'http',
  },
  {
    service: 'weblogic',
    name: 'Oracle WebLogic',
    ports: [7001, 7002],
    category: 'web',
    severity: 'high',
    why: 'T3 and the console share the port with the applications, and flaw after flaw in them has given code without a login (CVE-2019-2725, CVE-2020-14882), mostly to miners and ransomware.',
    remedy:
      'Publish applications through a web server and keep 7001 and 7002 inside. Otherwise filter T3 and IIOP (connection filters), move the console to an administration port and patch each quarter.',
    sources: [
      'https://nvd.nist.gov/vuln/detail/CVE-2020-14882',
      'https://nvd.nist.gov/vuln/detail/CVE-2019-2725',
    ],
    over: 'http',
  },
  {
    service: 'http-alt',
    name: 'HTTP, alternate port',
    ports: [8008, 8080],
    category: 'web',
    severity: 'low',
    why: 'Usually an application server, a proxy or a console that was not meant to be seen without the web server before it.',
    remedy:
      'Publish it through the web server on 443 and bind it to loopback or a private address. Otherwise put a login in front.',
    sources: [
      'https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml',
      'https://www.rfc-editor.org/rfc/rfc9110',
    ],
    over: 'http',
  },
  {
    service: 'http-alternates',
    name: 'HTTP, other common ports',
    ports: [81, 8000, 8001, 8081, 8082, 8181],
    category: 'web',
    severity: 'low',
    why: 'Usually a development server, a camera or a console that was not meant to be seen without the web server before it.',
    remedy:
      'Publish it through the web server on 443 and bind it to loopback or a private address. Otherwise put a login in front.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110'],
    over: 'http',
  },
  {
    service: 'ajp',
    name: 'Apache JServ Protocol (AJP)',
    ports: [8009],
    category: 'web',
    severity: 'high',
    why: "Tomcat trusts whoever speaks AJP as if it were its own web server. Ghostcat (CVE-2020-1938) read the application's files through it, and ran them where uploads were allowed.",
    remedy:
      'Remove the AJP connector from server.xml, as current Tomcat does. Otherwise bind it to loopback and set secretRequired with a secret.',
    sources: [
      'https://tomcat.apache.org/tomcat-9.0-doc/security-howto.html',
      'https://nvd.nist.gov/vuln/detail/CVE-2020-1938',
    ],
  },
  {
    service: 'https-alt',
    name: 'HTTPS, alternate port',
    ports: [8443],
    category: 'web',
    severity: 'low',
    why: 'Usually an application server or the console of an appliance that was not meant for the public.',
    remedy:
      'Publish it through the web server on 443 and bind it to a private address. Otherwise require a second factor and limit the source addresses.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110', 'https://www.rfc-editor.org/rfc/rfc9325'],
    over: 'http',
  },
  {
    service: 'https-alternates',
    name: 'HTTPS, other common ports',
    ports: [4443, 9443, 10443],
    category: 'web',
    severity: 'low',
    why: 'Usually the console of an appliance, a VPN gateway or a container platform that was not meant for the public.',
    remedy:
      'Reach consoles through a VPN and publish applications on 443. Otherwise require a second factor and limit the source addresses.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110', 'https://www.rfc-editor.org/rfc/rfc9325'],
    over: 'http',
  },
]
