/** The people of a branch: who they are and which codes they carry in their heads. Plain data and pure functions. */

export interface Person {
  readonly name: string;
  readonly role: string;
  /** The number a keypad system knows this person by. */
  readonly userNumber: number;
  readonly code: string;
  /** The code used under threat; it has a number of its own. */
  readonly duress?: { readonly code: string; readonly userNumber: number };
}

/** What a code opens: whose it is, and whether it cries for help. */
export interface Holder {
  readonly person: Person;
  readonly userNumber: number;
  readonly isDuress: boolean;
}

/** The demonstration branch. The first is not a person: it is the code the program itself was given. */
export function branchPeople(): readonly Person[] {
  return [
    { name: 'counterd', role: 'service', userNumber: 1, code: '1234' },
    { name: '周洁', role: 'security', userNumber: 7, code: '7351', duress: { code: '7359', userNumber: 33 } },
    { name: '李强', role: 'security', userNumber: 8, code: '8264', duress: { code: '8269', userNumber: 34 } },
    { name: '王敏', role: 'manager', userNumber: 2, code: '5582' },
  ];
}

/** Who knows this code, or undefined: nobody does. */
export function holderOf(people: readonly Person[], code: string): Holder | undefined {
  for (const person of people) {
    if (person.code === code) return { person, userNumber: person.userNumber, isDuress: false };
    if (person.duress?.code === code) return { person, userNumber: person.duress.userNumber, isDuress: true };
  }
  return undefined;
}

/** The code a named person would key in. */
export function codeOf(people: readonly Person[], name: string, isDuress: boolean): string | undefined {
  const person = people.find((one) => one.name === name);
  return isDuress ? person?.duress?.code : person?.code;
}
