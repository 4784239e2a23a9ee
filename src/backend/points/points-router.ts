import { z } from 'zod';
import { basicProgrammeSchema } from '#shop/points/programme.ts';
import { answer, command, query, router, signedInMutation } from '../trpc.ts';
import { awardPoints, awardSchema } from './award-points.ts';
import { showLiability } from './liability.ts';
import { previewAward, previewAwardSchema } from './preview-award.ts';
import { publishProgramme, showProgramme } from './programme.ts';
import {
  archiveProgramme,
  archiveSchema,
  discardProgrammeDraft,
  listProgrammes,
  programmeIdSchema,
  saveDraftSchema,
  saveProgrammeDraft,
  showProgrammeDetail,
  showProgrammeVersion,
  versionIdSchema,
} from './programme-drafts.ts';
import { publishDraftSchema, publishProgrammeDraft } from './publish-draft.ts';
import { recordableEvents, recordableEventsSchema, recordEvent, recordEventSchema } from './record-event.ts';
import { recentAwards, recentAwardsSchema } from './recent-awards.ts';
import { tryProgramme, tryProgrammeSchema } from './try-programme.ts';
import { positionSchema, showPosition } from './show-position.ts';
import { transferPoints, transferSchema } from './transfer-points.ts';
import { undoAward, undoSchema } from './undo-award.ts';
import { showWhatIf, startWhatIf, stopWhatIf, whatIfRunSchema, whatIfSchema } from './what-if.ts';

export const pointsRouter = router({
  award: command('points.award', 'points.award', awardSchema, awardPoints),
  previewAward: query('points.previewAward', 'points.award', previewAwardSchema, (scope, input) =>
    answer(previewAward(scope, input)),
  ),
  position: query('points.position', 'customers.read', positionSchema, (scope, input) =>
    answer(showPosition(scope, input)),
  ),
  recentAwards: query('points.recentAwards', 'points.award', recentAwardsSchema, recentAwards),
  transfer: command('points.transfer', 'points.adjust', transferSchema, transferPoints),
  events: query('points.events', 'customers.read', recordableEventsSchema, recordableEvents),
  recordEvent: command('points.recordEvent', 'points.award', recordEventSchema, recordEvent),
  undo: command('points.undo', 'points.award', undoSchema, undoAward),
  programme: query('points.programme', 'customers.read', z.void(), (scope) => answer(showProgramme(scope))),
  publishProgramme: command('points.publishProgramme', 'programme.edit', basicProgrammeSchema, publishProgramme),
  programmes: query('points.programmes', 'customers.read', z.void(), listProgrammes),
  programmeDetail: query('points.programmeDetail', 'customers.read', programmeIdSchema, (scope, input) =>
    answer(showProgrammeDetail(scope, input)),
  ),
  programmeVersion: query('points.programmeVersion', 'customers.read', versionIdSchema, (scope, input) =>
    answer(showProgrammeVersion(scope, input)),
  ),
  saveProgrammeDraft: command('points.saveProgrammeDraft', 'programme.edit', saveDraftSchema, saveProgrammeDraft),
  discardProgrammeDraft: command(
    'points.discardProgrammeDraft',
    'programme.edit',
    programmeIdSchema,
    discardProgrammeDraft,
  ),
  publishProgrammeDraft: command(
    'points.publishProgrammeDraft',
    'programme.edit',
    publishDraftSchema,
    publishProgrammeDraft,
  ),
  archiveProgramme: command('points.archiveProgramme', 'programme.edit', archiveSchema, archiveProgramme),
  tryProgramme: query('points.tryProgramme', 'customers.read', tryProgrammeSchema, tryProgramme),
  startWhatIf: signedInMutation('points.startWhatIf', 'programme.edit', whatIfSchema, startWhatIf),
  stopWhatIf: signedInMutation('points.stopWhatIf', 'programme.edit', whatIfRunSchema, stopWhatIf),
  whatIf: query('points.whatIf', 'programme.edit', whatIfRunSchema, (scope, input) => answer(showWhatIf(scope, input))),
  liability: query('points.liability', 'analytics.all', programmeIdSchema, async (scope, input) =>
    answer(await showLiability(scope, input)),
  ),
});
