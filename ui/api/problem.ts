import type { Problem } from '../../daemon/contract/http.ts';

/** What came back instead of an answer: the daemon’s refusal, or that nobody knows (`isUncertain`). */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly code: string;
  readonly status: number;
  readonly text: { readonly zh: string; readonly en: string } | undefined;
  readonly detail: string | undefined;
  readonly misfits: readonly { readonly path: string; readonly message: string }[];

  constructor(problem: Partial<Problem> & { readonly code: string; readonly status: number }) {
    super(problem.code);
    this.code = problem.code;
    this.status = problem.status;
    this.text = problem.text;
    this.detail = problem.detail;
    this.misfits = problem.misfits ?? [];
  }

  /** The request left and no answer came: it may have been carried out. */
  get isUncertain(): boolean {
    return this.code === NO_ANSWER;
  }
}

/** The link broke before an answer; the outcome comes with the feed. */
export const NO_ANSWER = 'no-answer';
/** Refused by the page itself: there is no link to the daemon, so nothing is sent and nothing is queued. */
export const OFFLINE = 'offline';

export function toRefusal(error: unknown): RequestRefused {
  return error instanceof RequestRefused ? error : new RequestRefused({ code: NO_ANSWER, status: 0 });
}

/** Reads a problem document; an answer that is none keeps its status. */
export async function readProblem(response: Response): Promise<RequestRefused> {
  try {
    const body: unknown = await response.json();
    if (isProblem(body)) return new RequestRefused(body);
  } catch {
    // Safe: a body that is not JSON leaves the status as all there is to tell.
  }
  return new RequestRefused({ code: 'CD_BUG', status: response.status });
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' && 'status' in body;
}
