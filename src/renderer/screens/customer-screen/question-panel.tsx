import { Angry, Frown, Laugh, Meh, Smile } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import type { ScreenCalls } from './screen-calls.ts';

const FACES = [
  { score: 1, Face: Angry },
  { score: 2, Face: Frown },
  { score: 3, Face: Meh },
  { score: 4, Face: Smile },
  { score: 5, Face: Laugh },
] as const;

/** How it was today, in five faces; the answer is asked for once and can be left out. */
export function QuestionPanel({ answerId, calls }: { answerId: string; calls: ScreenCalls }): ReactNode {
  const { t } = useTranslation('customer-screen');
  const [chosen, setChosen] = useState<number | null>(null);
  const choose = async (score: number): Promise<void> => {
    setChosen(score);
    // Without an answer from the till the faces stay open, and the same one can be pressed again.
    await calls.answer(answerId, score).catch(() => setChosen(null));
  };
  return (
    <fieldset className="customer-question">
      <legend>{t('question.title')}</legend>
      <div className="customer-faces">
        {FACES.map(({ score, Face }) => (
          <Button
            key={score}
            className="customer-face"
            aria-pressed={chosen === score}
            isDisabled={chosen !== null && chosen !== score}
            onPress={() => void (chosen === null && choose(score))}
          >
            <Face aria-hidden="true" strokeWidth={1.5} />
            <span>{t(`question.score${score}`)}</span>
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
