import { join, resolve } from 'node:path';
import { run } from './run.ts';

/** A finding of the add-on linter, as far as it is read here. */
interface Finding {
  code: string;
  message: string;
  file?: string;
  line?: number;
}

/** Warnings that stay, each with how often. */
const KNOWN: Record<string, number> = {
  // Preact's `dangerouslySetInnerHTML`, which nothing here uses (a test) and the pages' policy forbids.
  UNSAFE_VAR_ASSIGNMENT: 1,
  // `data_collection_permissions` came to Firefox 140, and to Android with 142, where there is no sidebar for us.
  KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION: 1,
};

/**
 * Has Mozilla's add-on linter read the Firefox package in `folder`, by the rules of its store. Answers a line;
 * throws with what is wrong: any error, and every warning that is not a known one.
 */
export async function lintPackage(folder: string): Promise<string> {
  const { output } = await run(
    process.execPath,
    [
      resolve(import.meta.dirname, '../node_modules/web-ext/bin/web-ext.js'),
      ...['lint', '--source-dir', folder, '--artifacts-dir', join(folder, '..'), '--output', 'json'],
      ...['--no-config-discovery', '--no-input'],
    ],
    { quiet: true },
  );
  const json = output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1);
  if (json === '') throw new Error(`The linter gave no report:\n${output.slice(0, 2000)}`);
  const { errors, warnings }: { errors: Finding[]; warnings: Finding[] } = JSON.parse(json);
  const left = { ...KNOWN };
  const fresh = warnings.filter(({ code }) => {
    left[code] = (left[code] ?? 0) - 1;
    return left[code] < 0;
  });
  const lines = [...errors, ...fresh].map(
    ({ code, message, file = '', line = '' }) => `${code} ${file}:${line} ${message}`,
  );
  if (lines.length > 0) throw new Error(lines.join('\n'));
  return `no errors, ${warnings.length} known warnings`;
}
