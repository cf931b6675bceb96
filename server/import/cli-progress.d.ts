/** The part of cli-progress that is used here; the package brings no types. */
declare module 'cli-progress' {
  interface BarOptions {
    format: string;
    hideCursor: boolean;
    clearOnComplete: boolean;
  }
  export class SingleBar {
    constructor(options: BarOptions, preset: object);
    start(total: number, value: number, payload: Record<string, string | number>): void;
    update(value: number, payload: Record<string, string | number>): void;
    stop(): void;
  }
  const progress: { SingleBar: typeof SingleBar; Presets: { shades_grey: object } };
  export default progress;
}
