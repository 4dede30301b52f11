/** Where the ids of intentions come from. */
export interface IdSource {
  /** The id of the open intention of this form; the same one until it is settled. */
  readonly take: (form: string) => string;
  readonly settle: (form: string) => void;
}

interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Ids on a shelf that outlives a reload of the page. */
export function idsOn(shelf: () => Shelf, fresh: () => string): IdSource {
  const key = (form: string): string => `counterd.intent.${form}`;
  return {
    take(form) {
      const open = shelf().getItem(key(form));
      if (open !== null) return open;
      const id = fresh();
      shelf().setItem(key(form), id);
      return id;
    },
    settle: (form) => shelf().removeItem(key(form)),
  };
}

export const newId: IdSource = idsOn(
  () => sessionStorage,
  () => crypto.randomUUID(),
);
