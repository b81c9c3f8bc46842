/** An answer over HTTP, as far as it tells what runs there. */
export interface HttpAnswer {
  status: number
  /** All header lines, as they came. */
  headers: string
  /** The beginning of the body. */
  body: string
  title?: string
}

/** What tells one service from all others that speak HTTP. */
interface Mark {
  service: string
  header?: RegExp
  body?: RegExp
  title?: RegExp
}

/**
 * Services recognised by distinctive text in their response to `GET /`; the first match wins.
 * From the projects' documentation and sources.
 */
const MARKS: Mark[] = [
  { service: 'elasticsearch', body: /"tagline"\s*:\s*"(?:You Know, for Search|The OpenSearch Project)/ },
  { service: 'elasticsearch', header: /^x-elastic-product: /im },
  { service: 'kibana', header: /^kbn-name: /im },
  { service: 'kibana', header: /^osd-name: /im },
  { service: 'couchdb', body: /^\{"couchdb":"Welcome"/ },
  { service: 'couchdb', header: /^server: CouchDB\//im },
  { service: 'influxdb', header: /^x-influxdb-version: /im },
  { service: 'clickhouse-http', header: /^x-clickhouse-(?:summary|server-display-name|format): /im },
  { service: 'neo4j', body: /"neo4j_version"\s*:/ },
  { service: 'arangodb', header: /^server: ArangoDB/im },
  { service: 'mongodb', body: /^It looks like you are trying to access MongoDB over HTTP/ },
  { service: 'qdrant', body: /^\{"title":"qdrant - vector search engine"/ },
  { service: 'solr', title: /^Solr Admin/ },
  { service: 'rabbitmq-management', title: /^RabbitMQ Management/ },
  { service: 'activemq-console', header: /^www-authenticate: basic realm="ActiveMQRealm"/im },
  { service: 'emqx-dashboard', title: /^EMQX Dashboard/ },
  { service: 'docker', header: /^server: Docker\//im },
  { service: 'docker', body: /^\{"Platform":\{"Name":"[^"]*","?.*"ApiVersion":/ },
  { service: 'docker', body: /^\{"message":"page not found"\}\s*$/ },
  { service: 'docker-registry', header: /^docker-distribution-api-version: /im },
  { service: 'kube-apiserver', body: /^\{\s*"kind":\s*"Status",\s*"apiVersion":\s*"v1"/ },
  { service: 'kube-apiserver', body: /^\{\s*"major":\s*"\d+",\s*"minor":\s*"[^"]+",[\s\S]*"gitVersion"/ },
  { service: 'kubernetes-dashboard', title: /^Kubernetes Dashboard/ },
  { service: 'etcd-client', body: /^\{"etcdserver":"[\d.]+/ },
  { service: 'consul', header: /^x-consul-/im },
  { service: 'consul', title: /^Consul\b/ },
  { service: 'nomad', title: /^Nomad\b/ },
  { service: 'vault', title: /^Vault\b/ },
  { service: 'portainer', title: /^Portainer/ },
  { service: 'minio', header: /^server: MinIO/im },
  { service: 'argo-workflows', title: /^Argo$/ },
  { service: 'weave-scope', title: /^Weave Scope/ },
  { service: 'grafana', title: /^Grafana/ },
  { service: 'grafana', header: /^set-cookie: (?:redirect_to|grafana_session)=/im },
  { service: 'prometheus', title: /^Prometheus Time Series/ },
  { service: 'prometheus', body: /^<a href="\/(?:graph|query)">Found<\/a>/ },
  { service: 'alertmanager', title: /^Alertmanager/ },
  { service: 'pushgateway', title: /^Prometheus Pushgateway/ },
  { service: 'node-exporter', title: /^Node Exporter/ },
  { service: 'netdata', header: /^server: Netdata /im },
  { service: 'jaeger', title: /^Jaeger UI/ },
  { service: 'zipkin', title: /^Zipkin/ },
  { service: 'splunkd', header: /^server: Splunkd/im },
  { service: 'jenkins', header: /^x-jenkins: /im },
  { service: 'teamcity', header: /^teamcity-node-id: /im },
  { service: 'sonarqube', title: /^SonarQube/ },
  { service: 'nexus', header: /^server: Nexus\//im },
  { service: 'gocd', header: /^location: [^\r\n]*\/go\//im },
  { service: 'selenium', title: /^Selenium Grid/ },
  { service: 'node-inspector', body: /^WebSockets request was expected/ },
  { service: 'confluence', header: /^x-confluence-request-time: /im },
  { service: 'jupyter', title: /^(?:Jupyter|JupyterLab|Home Page - Select or create a notebook)/ },
  { service: 'ollama', body: /^Ollama is running/ },
  { service: 'ray', title: /^Ray Dashboard/ },
  { service: 'mlflow', title: /^MLflow/ },
  { service: 'langflow', title: /^Langflow/ },
  { service: 'comfyui', title: /^ComfyUI/ },
  { service: 'airflow', title: /^(?:Sign In - )?Airflow/ },
  { service: 'rstudio', title: /^RStudio/ },
  { service: 'tensorboard', title: /^TensorBoard/ },
  { service: 'yarn', title: /^All Applications/ },
  { service: 'hdfs', title: /^(?:Namenode information|Hadoop Administration)/ },
  { service: 'home-assistant', title: /^Home Assistant/ },
  { service: 'plex', header: /^x-plex-protocol: /im },
  { service: 'syncthing', header: /^x-syncthing-version: /im },
  { service: 'ipp', header: /^server: [^\r\n]*\bCUPS\//im },
  { service: 'webmin', header: /^server: MiniServ\//im },
  { service: 'proxmox', header: /^server: pve-api-daemon\//im },
  { service: 'whm', title: /^WHM\b/ },
  { service: 'cpanel', header: /^server: cpsrvd/im },
  { service: 'weblogic', header: /^x-powered-by: Servlet\/[^\r\n]* WebLogic/im },
  { service: 'squid', header: /^x-squid-error: /im },
  { service: 'squid', header: /^server: squid/im },
]

/** The service behind an answer, where its own words tell; undefined for a web server like any other. */
export function recogniseHttpService({ headers, body, title = '' }: HttpAnswer): string | undefined {
  return MARKS.find((mark) => mark.header?.test(headers) || mark.body?.test(body) || mark.title?.test(title))
    ?.service
}
