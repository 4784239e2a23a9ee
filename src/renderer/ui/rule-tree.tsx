import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { SelectField } from './choice-field.tsx';
import { IconButton } from './icon-button.tsx';
import './rule-tree.css';

const KINDS = ['all', 'any', 'none'] as const;
export type RuleGroupKind = (typeof KINDS)[number];

/** How a kind of rules is read and written; its groups are nested down to `deepest`, the outermost being 0. */
export interface RuleShape<Part> {
  readonly deepest: number;
  /** Whether none of these can be said in the deepest groups too. */
  readonly hasNoneEverywhere: boolean;
  /** A group with its parts, or null for a question. */
  groupOf(part: Part): { readonly kind: RuleGroupKind; readonly parts: readonly Part[] } | null;
  write(kind: RuleGroupKind, parts: readonly Part[]): Part;
  newQuestion(): Part;
  newGroup(): Part;
}

interface RuleTreeProps<Part> {
  readonly rule: Part;
  readonly shape: RuleShape<Part>;
  /** What the outermost choice decides: 'In the segment when'. */
  readonly label: string;
  /** No more questions fit. */
  readonly isFull?: boolean;
  readonly question: (part: Part, onChange: (part: Part) => void) => ReactNode;
  readonly onChange: (rule: Part) => void;
}

/** A group of questions: all of them, one of them, or none of them; groups within it down to the bound. */
export function RuleTree<Part>({ depth = 0, ...props }: RuleTreeProps<Part> & { readonly depth?: number }): ReactNode {
  const { rule, shape, label, isFull = false, question, onChange } = props;
  const { t } = useTranslation('common');
  const isDeepest = depth >= shape.deepest;
  const { kind, parts } = shape.groupOf(rule) ?? { kind: 'all' as const, parts: [rule] };
  const set = (nextKind: RuleGroupKind, next: readonly Part[]): void => onChange(shape.write(nextKind, next));
  const kinds = KINDS.filter((id) => id !== 'none' || shape.hasNoneEverywhere || !isDeepest);
  return (
    <fieldset className="rule-group">
      <legend className="is-hidden-visually">{t('rules.group')}</legend>
      <SelectField<RuleGroupKind>
        label={label}
        choices={kinds.map((id) => ({ id, label: t(`rules.groups.${id}`) }))}
        value={kind}
        onChange={(next) => set(next, parts)}
      />
      {parts.map((part, index) => {
        const replace = (next: Part): void => set(kind, parts.toSpliced(index, 1, next));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a question is its place in the group
          <div key={index} className="rule-part">
            {shape.groupOf(part) === null ? (
              <div className="rule-question">{question(part, replace)}</div>
            ) : (
              <RuleTree {...props} rule={part} label={t('rules.holdsWhen')} depth={depth + 1} onChange={replace} />
            )}
            <IconButton
              label={t('rules.removePart')}
              icon={<Trash2 size={18} strokeWidth={1.75} />}
              onPress={() => set(kind, parts.toSpliced(index, 1))}
            />
          </div>
        );
      })}
      <div className="rule-add">
        <Button
          size="small"
          icon={<Plus size={16} aria-hidden="true" />}
          isDisabled={isFull}
          onPress={() => set(kind, [...parts, shape.newQuestion()])}
        >
          {t('rules.addQuestion')}
        </Button>
        {!isDeepest && (
          <Button size="small" isDisabled={isFull} onPress={() => set(kind, [...parts, shape.newGroup()])}>
            {t('rules.addGroup')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
