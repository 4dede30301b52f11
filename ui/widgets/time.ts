/** Times and dates as every screen shows them, in the branch’s own time zone of this computer. */
const pad = (value: number): string => String(value).padStart(2, '0');

export function clockTime(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '--:--:--' : `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

export function calendarDate(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '----------' : `${String(date.getFullYear())}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** Milliseconds too: raw frames need them. */
export function exactTime(at: string): string {
  const date = new Date(at);
  return `${clockTime(at)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** `04:31`, never below zero. */
export function countdown(untilAt: string, nowMs: number): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(untilAt) - nowMs) / 1000));
  return `${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}`;
}

export const secondsUntil = (untilAt: string, nowMs: number): number => Math.max(0, Math.ceil((Date.parse(untilAt) - nowMs) / 1000));
