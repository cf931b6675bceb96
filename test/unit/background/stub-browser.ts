type Listener = (...args: never[]) => unknown;

/** What only asks; every other call to the browser is an effect. */
const ASKS =
  /\.(get|getAll|query|contains|getRegisteredContentScripts|getPlatformInfo|getManifest|getURL|getCurrent|getUILanguage|getMessage|getBytesInUse|getRedirectURL)$/;

/** A browser that answers every call with what `answers` has for it, else nothing, and remembers what was asked. */
export function createBrowser(constants: Record<string, unknown>, answers: Record<string, () => unknown>) {
  const listeners = new Map<string, Listener[]>();
  const effects: string[] = [];

  function member(path: string): unknown {
    if (path in constants) return constants[path];
    const name = path.slice(path.lastIndexOf('.') + 1);
    if (/^on[A-Z]/.test(name)) {
      return { addListener: (one: Listener) => listeners.set(path, [...(listeners.get(path) ?? []), one]) };
    }
    const call = async () => {
      if (!ASKS.test(path)) effects.push(path);
      return answers[path]?.();
    };
    return new Proxy(call, {
      get: (_, key) => (typeof key === 'string' ? member(`${path}.${key}`) : undefined),
    });
  }

  const browser = new Proxy({}, { get: (_, key) => (typeof key === 'string' ? member(key) : undefined) });
  return { browser, effects, listeners };
}
