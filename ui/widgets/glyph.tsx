import type { ReactNode } from 'react';

/** One shape per state: the shape says it, the colour only repeats it. */
export const glyphNames = [
  'done',
  'running',
  'idle',
  'waiting',
  'absent',
  'closed',
  'open',
  'bypassed',
  'signed',
  'suspect',
  'refused',
  'failed',
  'doubt',
  'contradiction',
  'quarantined',
  'alarm',
  'unknown',
  'stale',
  'needs-hands',
  'low',
  'event',
  'armed',
  'disarmed',
  'motion',
] as const;
export type GlyphName = (typeof glyphNames)[number];

const ring = <circle cx="8" cy="8" r="6" />;

const shapes: Readonly<Record<GlyphName, ReactNode>> = {
  done: <path d="M3 8.5 6.5 12 13 4.5" />,
  running: (
    <>
      {ring}
      <path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor" />
    </>
  ),
  idle: ring,
  waiting: (
    <>
      <path d="M13.5 8a5.5 5.5 0 1 1-1.6-3.9" />
      <path d="M12.2 1.6v3h-3" />
    </>
  ),
  absent: <rect x="2.5" y="2.5" width="11" height="11" strokeDasharray="2.4 2" />,
  closed: <rect x="4" y="2" width="8" height="12" fill="currentColor" />,
  open: (
    <>
      <rect x="4" y="2" width="8" height="12" />
      <path d="M4 2l5 2.5v7L4 14" fill="currentColor" />
    </>
  ),
  bypassed: (
    <>
      <path d="M2.5 12V8a3.5 3.5 0 0 1 7 0v4" />
      <path d="M6.5 9.5l3 3 3-3" />
    </>
  ),
  signed: <path d="M2 13.5h12M4 10.5l7-8 2 1.8-7 7.7-2.6.8z" />,
  suspect: (
    <>
      <path d="M4 14.5V2" />
      <path d="M4 2.5h8.5L10 5.5l2.5 3H4z" fill="currentColor" />
    </>
  ),
  refused: (
    <>
      {ring}
      <path d="M3.8 12.2l8.4-8.4" />
    </>
  ),
  failed: <path d="M3.5 3.5l9 9M12.5 3.5l-9 9" strokeWidth="2.2" />,
  doubt: <path d="M8 1.5 14.5 8 8 14.5 1.5 8z" fill="currentColor" />,
  contradiction: <path d="M3 6h10M3 10h10M11 2.5l-6 11" />,
  quarantined: (
    <>
      {ring}
      <path d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6" />
    </>
  ),
  alarm: <path d="M5 1.5h6L15 8l-4 6.5H5L1 8z" fill="currentColor" />,
  unknown: (
    <>
      <path d="M5 5.5a3 3 0 1 1 4.3 2.7C8.4 8.7 8 9.2 8 10.2" />
      <path d="M8 13v.6" strokeWidth="2.2" />
    </>
  ),
  stale: <path d="M5.5 3v10M10.5 3v10" strokeWidth="2.6" />,
  'needs-hands': <path d="M8 2 14.5 13.5h-13z" fill="currentColor" />,
  low: <path d="M8 2.5 14 13H2z" />,
  event: <circle cx="8" cy="8" r="2.4" fill="currentColor" />,
  armed: (
    <>
      <rect x="3" y="7" width="10" height="7" fill="currentColor" />
      <path d="M5 7V5a3 3 0 0 1 6 0v2" />
    </>
  ),
  disarmed: (
    <>
      <rect x="3" y="7" width="10" height="7" />
      <path d="M5 7V4.5a3 3 0 0 1 5.6-1.4" />
    </>
  ),
  motion: <path d="M1.5 8c1.6-4 3-4 4.3 0s2.7 4 4.2 0 2.9-4 4.5 0" />,
};

export type Tone = 'done' | 'running' | 'waiting' | 'failed' | 'doubt' | 'idle' | 'alarm';

const tones: Readonly<Record<GlyphName, Tone>> = {
  done: 'done',
  running: 'running',
  idle: 'idle',
  waiting: 'waiting',
  absent: 'idle',
  closed: 'idle',
  open: 'waiting',
  bypassed: 'idle',
  signed: 'done',
  suspect: 'failed',
  refused: 'waiting',
  failed: 'failed',
  doubt: 'doubt',
  contradiction: 'doubt',
  quarantined: 'failed',
  alarm: 'alarm',
  unknown: 'idle',
  stale: 'idle',
  'needs-hands': 'waiting',
  low: 'waiting',
  event: 'idle',
  armed: 'done',
  disarmed: 'idle',
  motion: 'waiting',
};

export const toneOf = (name: GlyphName): Tone => tones[name];

/** A bare shape; always beside its word. */
export function Glyph({ name, size = 14 }: { readonly name: GlyphName; readonly size?: number }): ReactNode {
  return (
    <svg
      className={`glyph glyph-${tones[name]}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      data-glyph={name}
    >
      {shapes[name]}
    </svg>
  );
}

/** Shape and word together on the state’s tint. */
export function StateMark({
  name,
  children,
  testId,
}: {
  readonly name: GlyphName;
  readonly children: ReactNode;
  readonly testId?: string;
}): ReactNode {
  return (
    <span className={`state state-${tones[name]}`} data-testid={testId} data-state={name}>
      <Glyph name={name} />
      <span>{children}</span>
    </span>
  );
}
