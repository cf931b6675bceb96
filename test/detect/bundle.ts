import { build } from 'vite';

/** Bundles a module for a page: one script that leaves its exports in the global `name`. */
export async function bundle(entry: string, name: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      target: 'chrome130',
      lib: { entry, name, formats: ['iife'], fileName: name },
    },
  });
  const [output] = [result].flat();
  if (!output || !('output' in output)) throw new Error(`[bundle] nothing came of ${entry}`);
  return output.output[0].code;
}
