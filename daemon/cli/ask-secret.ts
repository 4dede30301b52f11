import { createInterface } from 'node:readline';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { tell } from './run-program.ts';

/** One line from standard input. What is typed at a terminal is not shown; in a pipe the line is taken as it is. */
export async function askSecret(question: string): Promise<string> {
  return ask(question, true);
}

export async function askText(question: string): Promise<string> {
  return ask(question, false);
}

function ask(question: string, isSecret: boolean): Promise<string> {
  const isTerminal = process.stdin.isTTY;
  tell(question);
  const lines = createInterface({
    input: process.stdin,
    ...(isTerminal && !isSecret ? { output: process.stderr } : {}),
    terminal: isTerminal,
  });
  return new Promise((resolve, reject) => {
    lines.once('line', (line) => {
      lines.close();
      resolve(line.trim());
    });
    lines.once('close', () => reject(new CounterdError('CD_USE_ARGUMENTS', 'nothing was typed')));
  });
}
