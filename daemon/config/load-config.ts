import { readFileSync, statSync } from 'node:fs';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { deviceModels } from '../../drivers/models.generated.ts';
import { modelId } from '../../drivers/kit/model.ts';
import { parseAddress } from '../../drivers/transports/address.ts';
import type { ConfigSurroundings } from './config-rules.ts';
import type { CounterdConfig } from './config-schema.ts';
import { parseConfig } from './parse-config.ts';

/** Models and address forms of this build. */
export const builtIn: ConfigSurroundings = {
  modelOf: (id) => deviceModels.find((model) => modelId(model.manifest) === id),
  modelIds: deviceModels.map((model) => modelId(model.manifest)),
  checkAddress: (address) => {
    parseAddress(address);
  },
};

/**
 * Reads `counterd.yaml`. Device options may hold an alarm code, so a file that others can read is refused.
 * Throws CD_CONFIG_MISSING, CD_CONFIG_MODE, or what `parseConfig` throws.
 */
export function loadConfig(file: string, surroundings: ConfigSurroundings = builtIn): CounterdConfig {
  try {
    const mode = statSync(file).mode & 0o777;
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new CounterdError('CD_CONFIG_MODE', `${file} has mode 0${mode.toString(8)}; run: chmod 600 ${file}`);
    }
    return parseConfig(readFileSync(file, 'utf8'), surroundings);
  } catch (cause) {
    if (cause instanceof CounterdError) throw cause;
    throw new CounterdError('CD_CONFIG_MISSING', file, { cause });
  }
}
