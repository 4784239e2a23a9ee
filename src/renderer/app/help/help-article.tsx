import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { groupOf, MESSAGE_GROUPS, readMessages, readOpenedByPin, readTopic, spansOf } from './help-text.ts';
import { type HelpTopicId, SEE_ALSO } from './help-topics.ts';
import { KEYS_EVERYWHERE, KEYS_HERE, type KeyList } from './key-lists.ts';

function Line({ line }: { line: string }): ReactNode {
  return spansOf(line).map(({ kind, text }, index) => {
    const key = `${index}-${text}`;
    if (kind === 'control') return <b key={key}>{text}</b>;
    if (kind === 'words') return text;
    return (
      <span key={key} className="is-always">
        <KeyCap keys={text} />
        <span className="is-hidden-visually">{text}</span>
      </span>
    );
  });
}

function Keys({ title, keys }: { title: string; keys: KeyList }): ReactNode {
  const { t } = useTranslation('shell');
  return (
    <section className="keys-list">
      <h4>{title}</h4>
      <dl>
        {keys.map(([caps, word]) => (
          <div key={caps}>
            <dt>{t(`keys.${word}`)}</dt>
            <dd className="is-always">
              <KeyCap keys={caps} />
              <span className="is-hidden-visually">{caps}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Every message of the till by what it is about, with what to do. */
function Messages(): ReactNode {
  const { t, i18n } = useTranslation('help');
  const messages = readMessages(i18n);
  return MESSAGE_GROUPS.map((group) => (
    <section key={group} className="help-part">
      <h4>{t(`group.${group}`)}</h4>
      <dl className="help-messages">
        {messages
          .filter(({ reason }) => groupOf(reason) === group)
          .map(({ reason, says, does }) => (
            <div key={reason}>
              <dt>{says}</dt>
              {does !== null && <dd>{does}</dd>}
            </div>
          ))}
      </dl>
    </section>
  ));
}

function PinOpens(): ReactNode {
  const { i18n } = useTranslation('help');
  return (
    <ul className="help-part">
      {readOpenedByPin(i18n).map((words) => (
        <li key={words}>{words}</li>
      ))}
    </ul>
  );
}

interface HelpArticleProps {
  readonly topic: HelpTopicId;
  /** The screen one stands on, whose keys are told below its topic. */
  readonly screen: string | null;
  readonly onOpen: (topic: HelpTopicId) => void;
}

/** One topic: its parts, the keys of the screen, and where to read on. The title has the focus, so that keys scroll. */
export function HelpArticle({ topic, screen, onOpen }: HelpArticleProps): ReactNode {
  const { t, i18n } = useTranslation('help');
  const title = useRef<HTMLHeadingElement | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another topic is another title to stand at
  useEffect(() => title.current?.focus(), [topic]);
  const { title: name, parts } = readTopic(i18n, topic);
  const here = screen === null ? undefined : KEYS_HERE[screen];
  return (
    <article className="help-article">
      <h3 ref={title} tabIndex={-1}>
        {name}
      </h3>
      {parts.map(({ heading, steps = [], text = [] }) => (
        <section key={heading} className="help-part">
          <h4>{heading}</h4>
          {steps.length > 0 && (
            <ol>
              {steps.map((line) => (
                <li key={line}>
                  <Line line={line} />
                </li>
              ))}
            </ol>
          )}
          {text.map((line) => (
            <p key={line}>
              <Line line={line} />
            </p>
          ))}
        </section>
      ))}
      {topic === 'people' && <PinOpens />}
      {topic === 'messages' && <Messages />}
      {here !== undefined && <Keys title={t('keysHere')} keys={here} />}
      {topic === 'keys' && <Keys title={t('keysEverywhere')} keys={KEYS_EVERYWHERE} />}
      <section className="help-part">
        <h4>{t('see')}</h4>
        <div className="help-see">
          {[...SEE_ALSO[topic], ...(topic === 'keys' ? [] : (['keys'] as const))].map((other) => (
            <Button key={other} size="counter" onPress={() => onOpen(other)}>
              {readTopic(i18n, other).title}
            </Button>
          ))}
        </div>
      </section>
    </article>
  );
}
