import type { Entry } from '../entry.ts';
import type { BranchState, PersonView, PositionView } from '../state.ts';

/** Branch facts, people and who sits where. */
export function foldPeople(state: BranchState, entry: Entry): BranchState {
  switch (entry.type) {
    case 'branch.started':
      return started(state, entry.data);
    case 'person.registered':
      return withPerson(state, { id: entry.data.personId, name: entry.data.name, roles: entry.data.roles, isDisabled: false });
    case 'person.roles-changed':
      return changePerson(state, entry.data.personId, { roles: entry.data.roles });
    case 'person.disabled':
      return changePerson(state, entry.data.personId, { isDisabled: true });
    case 'position.signed-in':
      return changePosition(state, entry.data.positionId, (position) => ({
        ...position,
        personId: entry.data.personId,
        sinceAt: entry.at,
        isLeft: false,
      }));
    case 'position.signed-off':
      return changePosition(state, entry.data.positionId, ({ id, name, facesPublic, hasDisplay }) => ({
        id,
        name,
        facesPublic,
        hasDisplay,
        isLeft: false,
      }));
    case 'position.left':
      return changePosition(state, entry.data.positionId, (position) => ({ ...position, isLeft: true }));
    case 'position.resumed':
      return changePosition(state, entry.data.positionId, (position) => ({ ...position, isLeft: false }));
    case 'display.paired':
      return changePosition(state, entry.data.positionId, (position) => ({ ...position, hasDisplay: true }));
    default:
      return state;
  }
}

type Started = Extract<Entry, { type: 'branch.started' }>['data'];

/** A start keeps who is signed in: logins outlive the daemon's process. */
function started(state: BranchState, data: Started): BranchState {
  const positions = Object.fromEntries(
    data.positions.map((facts) => {
      const known = state.positions[facts.id];
      const position: PositionView = { isLeft: false, hasDisplay: false, ...known, ...facts };
      return [facts.id, position];
    }),
  );
  const devices = Object.fromEntries(
    data.devices.map((facts) => [
      facts.id,
      { ...facts, phase: 'opening' as const, phaseAt: state.at, openDoubts: state.devices[facts.id]?.openDoubts ?? [] },
    ]),
  );
  const { branchId: id, branchName: name, version, isSimulated } = data;
  return { ...state, branch: { id, name, version, isSimulated }, positions, devices };
}

function withPerson(state: BranchState, person: PersonView): BranchState {
  return { ...state, people: { ...state.people, [person.id]: person } };
}

function changePerson(state: BranchState, id: string, change: Partial<PersonView>): BranchState {
  const person = state.people[id];
  return person === undefined ? state : withPerson(state, { ...person, ...change });
}

function changePosition(state: BranchState, id: string, change: (position: PositionView) => PositionView): BranchState {
  const position = state.positions[id];
  return position === undefined ? state : { ...state, positions: { ...state.positions, [id]: change(position) } };
}
