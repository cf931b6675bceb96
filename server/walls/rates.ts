import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** So many points for each key in so many seconds, counted in this process. */
export interface Rate {
  /** @returns seconds to wait; undefined when there is none to */
  take(key: string, points?: number): Promise<number | undefined>;
  /** The same without counting. */
  look(key: string): Promise<number | undefined>;
}

export function createRate(points: number, seconds: number): Rate {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  const waitOf = (result: RateLimiterRes) => Math.max(1, Math.ceil(result.msBeforeNext / 1000));
  return {
    async take(key, count = 1) {
      try {
        await limiter.consume(key, count);
        return undefined;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return waitOf(refused);
        throw refused;
      }
    },
    async look(key) {
      const result = await limiter.get(key);
      return result && result.consumedPoints >= points ? waitOf(result) : undefined;
    },
  };
}
