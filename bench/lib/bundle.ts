/** A program of bench/lib as one file, as the daemon itself is shipped, so that both start and run alike. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles `bench/lib/<name>.ts` and says where the bundle is. */
export async function bundled(name: string): Promise<string> {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  // What has native parts or reads its own files stays a package; the rest is in the bundle, as in dist/.
  const external = Object.keys(dependencies).filter((each) => /sqlite|serialport|argon2|sharp|swagger|fontsource/.test(each));
  const bundle = await rolldown({
    input: { [name]: join(root, 'bench', 'lib', `${name}.ts`) },
    cwd: root,
    platform: 'node',
    external: [...external, /^node:/],
    logLevel: 'silent',
  });
  const dir = join(root, 'dist', 'bench');
  await bundle.write({
    dir,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: `${name}-[hash].mjs`,
    banner: "import { createRequire as __requireOf } from 'node:module'; const require = __requireOf(import.meta.url);",
  });
  await bundle.close();
  return join(dir, `${name}.mjs`);
}
