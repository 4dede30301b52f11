import { LoginAnswer, LoginBody, LoginScreen, MeAnswer, type BranchState } from '../../contract/index.ts';
import { branchState } from '../../registers/branch-state.ts';
import type { App } from '../app.ts';
import { contractHash } from '../contract-hash.ts';
import { loginCookieName } from '../guard.ts';
import { actorOf } from '../require-login.ts';
import { API, type Registration } from './registration.ts';

const tags = ['people'];
/** Attempts of one address in a minute; the lock after three wrong ones is by person and does not depend on it. */
const rateLimit = { max: 30, timeWindow: 60_000 };

/** Logging in and out. */
export function registerLogin(app: App, { parts, names }: Registration): void {
  app.get(
    `${API}/login`,
    { config: { access: 'public' }, schema: { tags, summary: 'What the login screen shows.', response: { 200: LoginScreen } } },
    (): LoginScreen =>
      loginScreen(parts.journal.stateOf(branchState), { at: new Date(parts.clock.nowMs()).toISOString(), demoPeople: parts.demoPeople }),
  );

  app.post(
    `${API}/login`,
    {
      config: { access: 'public', rateLimit },
      schema: { tags, summary: 'Log in: sets the cookie and answers with the token.', body: LoginBody, response: { 200: LoginAnswer } },
    },
    async (request, reply): Promise<LoginAnswer> => {
      const { person, token, cookie, expiresAt } = await parts.authentication.login(request.body.personId.trim(), request.body.password);
      void reply.setCookie(loginCookieName(names()), cookie, {
        httpOnly: true,
        sameSite: 'strict',
        path: '/',
        secure: names().scheme === 'https',
        expires: new Date(expiresAt),
      });
      return { token, person: { id: person.id, name: person.name, roles: [...person.roles] }, expiresAt };
    },
  );

  app.post(`${API}/logout`, { config: { whileLeft: true }, schema: { tags, summary: 'Log out.' } }, async (request, reply) => {
    await parts.authentication.logout(actorOf(request));
    return reply.clearCookie(loginCookieName(names()), { path: '/' }).code(204).send();
  });

  app.get(`${API}/me`, { schema: { tags, summary: 'Who is logged in, and where.', response: { 200: MeAnswer } } }, (request) => {
    const { personId, name, roles, positionId, expiresAt } = actorOf(request);
    return {
      person: { id: personId, name, roles: [...roles] },
      expiresAt,
      contractHash,
      ...(positionId === undefined ? {} : { positionId }),
    };
  });
}

function loginScreen(state: BranchState, more: Pick<LoginScreen, 'at' | 'demoPeople'>): LoginScreen {
  const isSimulated = state.branch?.isSimulated ?? false;
  return {
    branchName: state.branch?.name ?? '',
    isSimulated,
    contractHash,
    positions: Object.values(state.positions).map(({ id, name, personId }) => ({ id, name, isTaken: personId !== undefined })),
    at: more.at,
    demoPeople: isSimulated ? more.demoPeople : [],
  };
}
