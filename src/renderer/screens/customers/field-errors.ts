import type { CommandResult } from '../../ui/use-command.ts';

export type CustomerField = 'name' | 'phone' | 'email' | 'birthday' | 'card';

/** Which field is wrong and the key of its words under `customers:error`; `customerId` names who holds the value already. */
export interface FieldProblem {
  readonly field: CustomerField;
  readonly words: 'name' | 'phone' | 'email' | 'birthday' | 'card' | 'phoneTaken' | 'emailTaken' | 'codeTaken';
  readonly customerId: string | null;
}

const BY_REASON: Readonly<Record<string, Omit<FieldProblem, 'customerId'>>> = {
  'name-required': { field: 'name', words: 'name' },
  'phone-unreadable': { field: 'phone', words: 'phone' },
  'phone-taken': { field: 'phone', words: 'phoneTaken' },
  'email-unreadable': { field: 'email', words: 'email' },
  'email-taken': { field: 'email', words: 'emailTaken' },
  'code-taken': { field: 'card', words: 'codeTaken' },
};

const BY_PATH: Readonly<Record<string, CustomerField>> = {
  name: 'name',
  fullName: 'name',
  phone: 'phone',
  email: 'email',
  birthday: 'birthday',
  cardCode: 'card',
};

/** Reads which fields a command found wrong; empty when the trouble is not a field's. */
export function fieldProblems(result: CommandResult<unknown>): FieldProblem[] {
  if (result.kind === 'refused') {
    const known = BY_REASON[result.refusal.reason];
    if (known === undefined) return [];
    const { customerId } = result.refusal.facts;
    return [{ ...known, customerId: typeof customerId === 'string' ? customerId : null }];
  }
  if (result.kind !== 'invalid') return [];
  return result.issues.flatMap((issue) => {
    const field = BY_PATH[issue.path.split('.').at(-1) ?? ''];
    return field === undefined ? [] : [{ field, words: field, customerId: null }];
  });
}
