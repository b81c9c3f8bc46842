import type { CatalogueEntry } from '../../model.ts'

/** Clusters, notebooks and models: what runs the code that it is sent, by design. */
export const computing: CatalogueEntry[] = [
  {
    service: 'spark',
    name: 'Apache Spark master',
    ports: [7077],
    category: 'computing',
    severity: 'critical',
    why: 'Security is off by default: whoever connects submits a job, which is code on every worker; where a secret was set, CVE-2020-9480 went around it.',
    remedy:
      'Keep the cluster on a private network. Otherwise set spark.authenticate with a strong secret and encryption, and run 2.4.6, 3.0 or later.',
    sources: [
      'https://spark.apache.org/docs/latest/security.html',
      'https://nvd.nist.gov/vuln/detail/CVE-2020-9480',
    ],
  },
  {
    service: 'langflow',
    name: 'Langflow, or a Gradio app',
    ports: [7860],
    category: 'computing',
    severity: 'critical',
    why: 'Langflow has let everybody in by default and runs Python for them; CVE-2025-3248 did so even without a login and fed a botnet.',
    remedy:
      'Bind it to loopback behind a proxy with single sign-on. Set LANGFLOW_AUTO_LOGIN=false, and for Gradio auth=; run Langflow 1.3 or later.',
    sources: [
      'https://docs.langflow.org/api-keys-and-authentication',
      'https://nvd.nist.gov/vuln/detail/CVE-2025-3248',
    ],
    over: 'http',
  },
  {
    service: 'yarn',
    name: 'Hadoop YARN ResourceManager',
    ports: [8088],
    category: 'computing',
    severity: 'critical',
    why: 'It asks for no password by default and runs the applications that anybody submits; DemonBot (2018) and miners since have done so by the million tries a day.',
    remedy:
      'Keep the cluster on a private network. Otherwise turn on Kerberos (secure mode) and set yarn.webapp.enable-rest-app-submissions to false.',
    sources: [
      'https://hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-common/SecureMode.html',
      'https://www.extrahop.com/company/blog/2018/detect-demonbot-exploiting-hadoop-yarn-remote-code-execution/',
    ],
    over: 'http',
  },
  {
    service: 'ray',
    name: 'Ray dashboard',
    ports: [8265],
    category: 'computing',
    severity: 'critical',
    why: 'It runs the jobs that anybody submits, by design; the ShadowRay campaign has taken over clusters and their models and keys with it since 2023 (CVE-2023-48022).',
    remedy:
      'Leave the dashboard on loopback (--dashboard-host) and tunnel it. Otherwise enable token authentication (Ray 2.52 or later) and let only trusted networks connect.',
    sources: [
      'https://docs.ray.io/en/latest/ray-security/index.html',
      'https://nvd.nist.gov/vuln/detail/CVE-2023-48022',
    ],
    over: 'http',
  },
  {
    service: 'jupyter',
    name: 'Jupyter, or a web console',
    ports: [8888],
    category: 'computing',
    severity: 'high',
    why: 'A notebook is a shell. It asks for a token by default, but many are opened without one, and campaigns such as Qubitstrike (2023) look for those.',
    remedy:
      'Leave it on loopback and tunnel it over SSH, or use JupyterHub with single sign-on. Never set an empty token or password.',
    sources: [
      'https://jupyter-server.readthedocs.io/en/latest/operators/security.html',
      'https://www.cadosecurity.com/qubitstrike-an-emerging-malware-campaign-targeting-jupyter-notebooks',
    ],
    over: 'http',
  },
  {
    service: 'hdfs',
    name: 'Hadoop HDFS NameNode',
    ports: [9870, 50070],
    category: 'computing',
    severity: 'critical',
    why: 'Outside of secure mode it believes the user name that a client gives, so anybody reads and deletes the file system; whole clusters were wiped in 2017.',
    remedy:
      'Keep the cluster on a private network. Otherwise turn on Kerberos (secure mode), and WebHDFS only where it is needed.',
    sources: [
      'https://hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-common/SecureMode.html',
      'https://www.bleepingcomputer.com/news/security/database-ransom-attacks-hit-couchdb-and-hadoop-servers/',
    ],
    over: 'http',
  },
  {
    service: 'ollama',
    name: 'Ollama',
    ports: [11434],
    category: 'computing',
    severity: 'high',
    why: 'It asks for no password: strangers use the machine, pull and delete models, and in old versions ran code (CVE-2024-37032). In 2025 over a thousand stood open.',
    remedy:
      'Leave OLLAMA_HOST on 127.0.0.1 and tunnel it. Otherwise put a proxy with a login and TLS in front, and keep it up to date.',
    sources: [
      'https://blogs.cisco.com/security/detecting-exposed-llm-servers-shodan-case-study-on-ollama',
      'https://nvd.nist.gov/vuln/detail/CVE-2024-37032',
    ],
    over: 'http',
  },
]
