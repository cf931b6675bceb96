import { useState } from 'preact/hooks';
import { wordsOf } from '../utils/actions.ts';

/** A form's way out: one request at a time, its failure in words, and what was typed stays. */
export function useSend() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  /** Resolves to whether the job was done. */
  const send = async (job: () => Promise<unknown>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setProblem(undefined);
    try {
      await job();
      return true;
    } catch (error) {
      setProblem(wordsOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, send };
}
