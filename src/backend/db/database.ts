import type Database from 'better-sqlite3';

/** A statement as written: keywords upper case, named parameters, explicit columns. */
export type Sql = string & { readonly __sql: unique symbol };

/** Tags a statement; there is nothing to interpolate, ever: values travel as named parameters. */
export function sql(text: TemplateStringsArray): Sql {
  return text[0] as Sql;
}

export type SqlValue = string | number | bigint | null | Uint8Array;
export type SqlParameters = Readonly<Record<string, SqlValue>>;

/** A handle that can only read. */
export interface ReadableDb {
  /** The first row, or undefined. */
  get<Row>(statement: Sql, parameters?: SqlParameters): Row | undefined;
  /** All rows: for statements that carry their own LIMIT or are small by nature. */
  all<Row>(statement: Sql, parameters?: SqlParameters): Row[];
}

/** A handle inside one `BEGIN IMMEDIATE` transaction. Only commands are given one. */
export interface WritableDb extends ReadableDb {
  readonly canWrite: true;
  /** Runs a statement that changes rows; returns how many. */
  run(statement: Sql, parameters?: SqlParameters): number;
  /** Runs a statement that must change exactly one row; anything else is a bug and ends the operation. */
  runOne(statement: Sql, parameters?: SqlParameters): void;
}

const NONE: SqlParameters = Object.freeze({});

/** Returns a handle over one connection; statements are prepared once and kept by their text. */
export function readableHandle(connection: Database.Database): ReadableDb {
  const prepared = preparedStatements(connection);
  return {
    get: <Row>(statement: Sql, parameters: SqlParameters = NONE) =>
      prepared(statement).get(parameters) as Row | undefined,
    all: <Row>(statement: Sql, parameters: SqlParameters = NONE) => prepared(statement).all(parameters) as Row[],
  };
}

/** Returns the writing handle over the one connection that writes. */
export function writableHandle(connection: Database.Database): WritableDb {
  const prepared = preparedStatements(connection);
  const run = (statement: Sql, parameters: SqlParameters = NONE): number => prepared(statement).run(parameters).changes;
  return {
    canWrite: true,
    get: <Row>(statement: Sql, parameters: SqlParameters = NONE) =>
      prepared(statement).get(parameters) as Row | undefined,
    all: <Row>(statement: Sql, parameters: SqlParameters = NONE) => prepared(statement).all(parameters) as Row[],
    run,
    runOne: (statement, parameters) => {
      const changes = run(statement, parameters);
      if (changes !== 1) throw new Error(`expected one row to change, but ${changes} did`);
    },
  };
}

function preparedStatements(connection: Database.Database): (statement: Sql) => Database.Statement {
  const cache = new Map<Sql, Database.Statement>();
  return (statement) => {
    const known = cache.get(statement);
    if (known !== undefined) return known;
    const fresh = connection.prepare(plannedOnce(statement));
    cache.set(statement, fresh);
    return fresh;
  };
}

/**
 * The same statement, planned when it is prepared and not again. Where a bare parameter stands after '=' and there is more
 * than one way to find the rows, SQLite looks at its value and plans anew at every run, which costs two to eight times what
 * the statement does. The plus sign hides the parameter and changes no value and no affinity.
 */
export function plannedOnce(statement: string): string {
  return statement.replace(/(?<![<>!])= :(?=\w)/g, '= +:');
}
