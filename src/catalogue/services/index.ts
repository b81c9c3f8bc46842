import type { CatalogueEntry } from '../../model.ts'
import { rateFacts } from '../rubric.ts'
import { administration } from './administration.ts'
import { blockchain } from './blockchain.ts'
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
 * Its severity follows from its facts by the rubric in `rubric.ts`. Of two names that are equally near to a misspelt
 * one, the first here is suggested.
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
  ...blockchain,
  ...industrial,
].map((entry) => ({ ...entry, severity: rateFacts(entry.facts) }))
