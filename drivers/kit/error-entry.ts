/** Who must act on an error. */
export type Fault = 'operator' | 'device' | 'link' | 'protocol' | 'config' | 'storage' | 'bug';

/** Whether trying again can help: never, by itself after a while, or after a person did something. */
export type Retry = 'never' | 'backoff' | 'after-operator';

export interface ErrorEntry {
  readonly fault: Fault;
  readonly retry: Retry;
  /** Status of the problem document when this code leaves over HTTP. */
  readonly http: number;
  /** What happened and what to do, for the person at the screen. Never a customer's name or a raw frame. */
  readonly text: { readonly zh: string; readonly en: string };
}
