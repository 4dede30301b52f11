import { create } from 'zustand';
import type { LoginAnswer, LoginScreen, MeAnswer } from '../../daemon/contract/http.ts';
import type { Role } from '../../daemon/contract/events/words.ts';
import { feedLink } from '../feed/link.ts';
import { get, post, tokenStore } from './client.ts';
import { toRefusal } from './problem.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

interface LoginState {
  readonly stage: 'asking' | 'out' | 'in';
  readonly person: Person | undefined;
  /** Where this screen works; undefined for those who sit at no position. */
  readonly positionId: string | undefined;
  /** Past the choice of a position, with or without one. */
  readonly isSettled: boolean;
  readonly contractHash: string;
}

const SETTLED = 'counterd.settled';

export const login = create<LoginState>(() => ({
  stage: 'asking',
  person: undefined,
  positionId: undefined,
  isSettled: false,
  contractHash: '',
}));

/** At start: is this tab logged in already? */
export async function resumeLogin(): Promise<void> {
  if (tokenStore.read() === '') {
    login.setState({ stage: 'out' });
    return;
  }
  try {
    const me = await get<MeAnswer>('/me');
    await enter(me, me.contractHash);
    const isSettled = me.positionId !== undefined || sessionStorage.getItem(SETTLED) === me.person.id;
    login.setState({ positionId: me.positionId, isSettled });
  } catch (error) {
    if (toRefusal(error).status === 0) throw error;
    tokenStore.clear();
    login.setState({ stage: 'out' });
  }
}

export async function logIn(personId: string, password: string): Promise<void> {
  const { contractHash } = await get<LoginScreen>('/login');
  const answer = await post<LoginAnswer>('/login', { personId, password }, { withoutLink: true });
  tokenStore.write(answer.token);
  await enter(answer, contractHash);
}

export async function logOut(): Promise<void> {
  try {
    await post('/logout', {}, { withoutLink: true });
  } catch {
    // Safe: a login that cannot be ended now ends by itself; this tab forgets it either way.
  }
  forgetLogin();
}

/** The login ended on the other side, or here. */
export function forgetLogin(): void {
  feedLink.close();
  tokenStore.clear();
  sessionStorage.removeItem(SETTLED);
  login.setState({ stage: 'out', person: undefined, positionId: undefined, isSettled: false });
}

/** The person has chosen where to work. */
export function settleAt(positionId: string | undefined): void {
  const { person } = login.getState();
  if (person !== undefined) sessionStorage.setItem(SETTLED, person.id);
  login.setState({ positionId, isSettled: true });
}

async function enter(answer: { readonly person: LoginAnswer['person'] }, contractHash: string): Promise<void> {
  await feedLink.open({ token: tokenStore.read(), contractHash, onLoginEnded: forgetLogin });
  login.setState({ stage: 'in', person: answer.person, contractHash });
}
