/** Words to the person who typed the command. Progress goes to stderr, so that stdout stays for results. */

/** One line of progress. */
export function say(text) {
  process.stderr.write(`counterd: ${text}\n`);
}

/** Says in one sentence what to do, and ends with status 3 (could not run). */
export function stop(text) {
  process.stderr.write(`counterd: ${text}\n`);
  process.exit(3);
}

/** Says `text` with the seconds passed, every `everyMs`, until the returned function is called. */
export function sayWhileWaiting(text, everyMs) {
  const startMs = Date.now();
  const timer = setInterval(() => {
    say(`${text} (${String(Math.round((Date.now() - startMs) / 1000))} s)`);
  }, everyMs);
  return () => {
    clearInterval(timer);
  };
}
