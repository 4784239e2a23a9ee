import type Database from 'better-sqlite3';
import { plannedOnce, type Sql, type SqlParameters, type WritableDb } from '#backend/db/database.ts';
import type { ShopDatabase } from '#backend/db/open.ts';

/** One statement as a command ran it. */
export interface NotedStatement {
  readonly statement: string;
  readonly parameters: SqlParameters;
  /** Changes rows, as opposed to reading them. */
  readonly isWrite: boolean;
}

/** The statements of one transaction, and those read before and after it. */
export interface NotedCommand {
  readonly inside: readonly NotedStatement[];
  readonly outside: readonly NotedStatement[];
}

/** A database that notes what is run on it, to be run again without any of the app's code. */
export function notingDatabase(db: ShopDatabase): { db: ShopDatabase; take(): NotedCommand } {
  const noted = { inside: [] as NotedStatement[], outside: [] as NotedStatement[] };
  const note = (list: NotedStatement[], isWrite: boolean, statement: Sql, parameters: SqlParameters = {}): void =>
    void list.push({ statement, parameters, isWrite });
  const { read } = db;
  const reading: ShopDatabase['read'] = {
    get: (statement, parameters) => {
      note(noted.outside, false, statement, parameters);
      return read.get(statement, parameters);
    },
    all: (statement, parameters) => {
      note(noted.outside, false, statement, parameters);
      return read.all(statement, parameters);
    },
  };
  const writing = (tx: WritableDb): WritableDb => ({
    canWrite: true,
    get: (statement, parameters) => {
      note(noted.inside, !/^\s*(SELECT|WITH)/.test(statement), statement, parameters);
      return tx.get(statement, parameters);
    },
    all: (statement, parameters) => {
      note(noted.inside, !/^\s*(SELECT|WITH)/.test(statement), statement, parameters);
      return tx.all(statement, parameters);
    },
    run: (statement, parameters) => {
      note(noted.inside, true, statement, parameters);
      return tx.run(statement, parameters);
    },
    runOne: (statement, parameters) => {
      note(noted.inside, true, statement, parameters);
      tx.runOne(statement, parameters);
    },
  });
  return {
    db: { ...db, read: reading, write: (work) => db.write((tx) => work(writing(tx))) },
    take: () => ({ inside: noted.inside.splice(0), outside: noted.outside.splice(0) }),
  };
}

/** Runs noted commands again with prepared statements, each in one immediate transaction; reads are left out on wish. */
export function createReplay(db: Database.Database): (command: NotedCommand, withReads: boolean) => void {
  const prepared = new Map<string, Database.Statement>();
  const run = ({ statement, parameters }: NotedStatement): void => {
    const known = prepared.get(statement) ?? db.prepare(plannedOnce(statement));
    prepared.set(statement, known);
    if (known.reader) known.all(parameters);
    else known.run(parameters);
  };
  const inside = db.transaction((statements: readonly NotedStatement[]) => {
    for (const one of statements) run(one);
  }).immediate;
  return (command, withReads) => {
    if (withReads) for (const one of command.outside) run(one);
    const statements = command.inside.filter(({ isWrite }) => withReads || isWrite);
    if (statements.length > 0) inside(statements);
  };
}
