import { CameraOff } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/choice-field.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { setPreferences, usePreferences } from '../ui/preferences.ts';
import { type CameraTrouble, clearVideo, listCameras, openCamera, playIn, stopCamera, watchVideo } from './camera.ts';
import './scanning.css';

interface CameraReaderProps {
  readonly onCode: (text: string) => void;
  readonly onClose?: () => void;
  /** What else works where there is no picture; the ways of a till unless told. */
  readonly otherWays?: string;
}

interface CameraView {
  readonly trouble: CameraTrouble | null;
  readonly cameras: readonly { id: string; label: string }[];
}

function useCamera(
  video: HTMLVideoElement | null,
  cameraId: string | null,
  attempt: number,
  onCode: (text: string) => void,
): CameraView {
  const [trouble, setTrouble] = useState<CameraTrouble | null>(null);
  const [cameras, setCameras] = useState<CameraView['cameras']>([]);
  const latest = useRef(onCode);
  latest.current = onCode;
  useEffect(() => {
    if (video === null || attempt < 0) return;
    const cleanups: (() => void)[] = [];
    const gone = { is: false };
    const start = async (): Promise<void> => {
      const stream = await openCamera(cameraId);
      if (typeof stream === 'string') return gone.is ? undefined : setTrouble(stream);
      if (gone.is) return stopCamera(stream);
      cleanups.push(() => stopCamera(stream));
      stream.getVideoTracks()[0]?.addEventListener('ended', () => setTrouble('unplugged'));
      cleanups.push(() => clearVideo(video));
      setTrouble((await playIn(video, stream)) ? null : 'slow');
      setCameras(await listCameras());
      cleanups.push(watchVideo({ video, onCode: (text) => latest.current(text), onTrouble: setTrouble }));
      if (gone.is) for (const clean of cleanups) clean();
    };
    void start();
    return () => {
      gone.is = true;
      for (const clean of cleanups) clean();
    };
  }, [video, cameraId, attempt]);
  return { trouble, cameras };
}

/** A camera picture that reads codes; says in plain words what is wrong and what else works. */
export function CameraReader({ onCode, onClose, otherWays }: CameraReaderProps): ReactNode {
  const { t } = useTranslation(['scanning', 'common']);
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const [attempt, setAttempt] = useState(0);
  const cameraId = usePreferences((state) => state.cameraId);
  const { trouble, cameras } = useCamera(video, cameraId, attempt, onCode);
  return (
    <div className="camera">
      <div className="camera-picture">
        <video ref={setVideo} muted playsInline aria-label={t('camera.picture')} />
        <i className="camera-frame" aria-hidden="true" />
        {trouble !== null && (
          <div className="camera-trouble" role="alert">
            <EmptyState
              tone="neutral"
              icon={<CameraOff strokeWidth={1.75} />}
              title={t(`camera.${trouble}`)}
              detail={otherWays ?? t('otherWays')}
              action={<Button onPress={() => setAttempt((count) => count + 1)}>{t('common:retry')}</Button>}
            />
          </div>
        )}
      </div>
      <div className="camera-controls">
        {cameras.length > 1 && (
          <SelectField
            label={t('camera.which')}
            isLabelHidden
            choices={cameras}
            value={cameraId ?? cameras[0]?.id ?? null}
            onChange={(id) => setPreferences({ cameraId: id })}
          />
        )}
        {onClose !== undefined && <Button onPress={onClose}>{t('camera.stop')}</Button>}
      </div>
    </div>
  );
}
