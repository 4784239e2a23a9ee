import { ArrowLeft, CircleQuestionMark } from 'lucide-react';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { SidePanel } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import { useRoute } from '../../ui/route.ts';
import { HelpArticle } from './help-article.tsx';
import { findInHelp, readTopic } from './help-text.ts';
import { HELP_TOPICS, type HelpTopicId, topicOf } from './help-topics.ts';
import './help.css';

function HelpRow({ words, detail, onPress }: { words: string; detail?: string; onPress: () => void }): ReactNode {
  return (
    <li>
      <AriaButton className="help-row" onPress={onPress}>
        <span className="is-strong">{words}</span>
        {detail !== undefined && <span className="is-muted is-small">{detail}</span>}
      </AriaButton>
    </li>
  );
}

function Topics({ onOpen }: { onOpen: (topic: HelpTopicId) => void }): ReactNode {
  const { i18n } = useTranslation('help');
  return (
    <ul className="help-rows">
      {HELP_TOPICS.map((topic) => (
        <HelpRow key={topic} words={readTopic(i18n, topic).title} onPress={() => onOpen(topic)} />
      ))}
    </ul>
  );
}

function Found({ typed, onOpen }: { typed: string; onOpen: (topic: HelpTopicId) => void }): ReactNode {
  const { t, i18n } = useTranslation('help');
  const found = findInHelp(i18n, typed);
  return (
    <>
      <div role="status">
        {found.length === 0 ? (
          <EmptyState tone="neutral" icon={<CircleQuestionMark />} title={t('nothing')} />
        ) : (
          <p className="is-muted is-small">{t('found', { count: found.length })}</p>
        )}
      </div>
      <ul className="help-rows">
        {found.map(({ id, topic, heading, line }) =>
          topic === 'messages' && line !== '' ? (
            <HelpRow key={id} words={`${t('says')}: ${heading}`} detail={line} onPress={() => onOpen(topic)} />
          ) : (
            <HelpRow key={id} words={heading} detail={readTopic(i18n, topic).title} onPress={() => onOpen(topic)} />
          ),
        )}
      </ul>
    </>
  );
}

/** Help: opens at the topic of where one stands; all of it lies in the console, so it needs no network. */
export function HelpPanel({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation('help');
  const route = useRoute();
  const start = topicOf(route);
  const [topic, setTopic] = useState<HelpTopicId | null>(start);
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed.trim());
  const open = (next: HelpTopicId | null): void => {
    setTyped('');
    setTopic(next);
  };
  return (
    <SidePanel title={t('title')} className="help" onClose={onClose}>
      <div className="help-top">
        <TextField
          label={t('search')}
          isLabelHidden
          type="search"
          placeholder={t('placeholder')}
          maxLength={60}
          value={typed}
          onChange={setTyped}
        />
        {(topic !== null || wanted !== '') && (
          <Button
            kind="ghost"
            size="counter"
            icon={<ArrowLeft size={18} strokeWidth={1.75} />}
            onPress={() => open(null)}
          >
            {t('all')}
          </Button>
        )}
      </div>
      {wanted !== '' ? (
        <Found typed={wanted} onOpen={open} />
      ) : topic === null ? (
        <Topics onOpen={open} />
      ) : (
        <HelpArticle topic={topic} screen={topic === start ? route.screen : null} onOpen={open} />
      )}
    </SidePanel>
  );
}
