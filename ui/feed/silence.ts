/** Without a word from the daemon for this long, nothing on the screen counts as current (U2: within two seconds). */
export const SILENT_AFTER_MS = 1800;
const LOOK_EVERY_MS = 200;
/** A page that was not run itself for this long cannot tell silence from words it has not read yet. */
const NAP_MS = 1200;

/** Tells silence of the daemon from sleep of the page. Times are milliseconds of one steady clock. */
export class Silence {
  #heardAt: number;
  #lookedAt: number;

  constructor(now: number) {
    this.#heardAt = now;
    this.#lookedAt = now;
  }

  heard(now: number): void {
    this.#heardAt = now;
  }

  /** For how long nothing was heard; 0 right after a nap, so that what came meanwhile is read first. */
  lasts(now: number): number {
    const isAwake = now - this.#lookedAt < NAP_MS;
    this.#lookedAt = now;
    return isAwake ? now - this.#heardAt : 0;
  }
}

export interface SilenceWatch {
  readonly heard: () => void;
  readonly stop: () => void;
}

/** Calls `onSilent` with the length of the silence, again and again, for as long as it lasts. */
export function watchSilence(onSilent: (lastsMs: number) => void): SilenceWatch {
  const silence = new Silence(performance.now());
  const timer = window.setInterval(() => {
    const lasts = silence.lasts(performance.now());
    if (lasts > SILENT_AFTER_MS) onSilent(lasts);
  }, LOOK_EVERY_MS);
  return { heard: () => silence.heard(performance.now()), stop: () => window.clearInterval(timer) };
}
