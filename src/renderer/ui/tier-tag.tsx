import { Crown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Tag } from './tag.tsx';

interface TierTagProps {
  readonly tier: { readonly name: string; readonly metal: 'none' | 'bronze' | 'silver' | 'gold' | 'platinum' };
}

/** A tier by its name; gold is the only metal with a colour of its own. */
export function TierTag({ tier }: TierTagProps): ReactNode {
  return (
    <Tag
      tone={tier.metal === 'gold' ? 'gold' : 'neutral'}
      icon={<Crown size={14} strokeWidth={2} aria-hidden="true" />}
    >
      {tier.name}
    </Tag>
  );
}
