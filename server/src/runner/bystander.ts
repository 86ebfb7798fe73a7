import type { Wake } from '@cme-commons/app'

/** For a short command beside a server: posts wake nobody, the server's minute sweep finds them. */
export const sweptLater: Wake = async () => {}
