import type { CatalogueEntry } from '../../model.ts'
import { administration } from './administration.ts'
import { computing } from './computing.ts'
import { containers } from './containers.ts'
import { dataStores } from './data-stores.ts'
import { databases } from './databases.ts'
import { development } from './development.ts'
import { directory } from './directory.ts'
import { fileSharing } from './file-sharing.ts'
import { industrial } from './industrial.ts'
import { mail } from './mail.ts'
import { media } from './media.ts'
import { messaging } from './messaging.ts'
import { monitoring } from './monitoring.ts'
import { network } from './network.ts'
import { remoteAccess } from './remote-access.ts'
import { web } from './web.ts'

/**
 * The built-in catalogue. To add a service, add one entry to the file of its category: nothing else has to change.
 * Of two names that are equally near to a misspelt one, the first here is suggested.
 *
 * The severity is that of the service as it faces the internet, in the state that people find it in: what a version
 * still widely used does by default. The first line that fits decides.
 *
 * - `critical`: asks for no password, and whoever connects runs code, operates a machine, or changes or wipes the
 *   data: redis, docker, elasticsearch, mbap.
 * - `high`: remote control, administration, databases, file sharing and accounts whose passwords are guessed or whose
 *   flaws are exploited en masse (ms-wbt-server, microsoft-ds, mysql); or asks for no password, and less can be done
 *   than above (memcache, nats).
 * - `medium`: consoles and brokers that ask for a password, SSH and FTP, passwords sent in the clear, information
 *   for whoever asks: grafana, amqp, imap, prometheus.
 * - `low`: made for the public or harmless, but not expected on every host: web servers, mail submission.
 *
 * Nothing here is `info`: an open port that no policy allows has to fail a check that fails from `low` on.
 */
export const services: CatalogueEntry[] = [
  ...web,
  ...remoteAccess,
  ...administration,
  ...fileSharing,
  ...directory,
  ...databases,
  ...dataStores,
  ...messaging,
  ...containers,
  ...computing,
  ...monitoring,
  ...development,
  ...mail,
  ...media,
  ...network,
  ...industrial,
]
