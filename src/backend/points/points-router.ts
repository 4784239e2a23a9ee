import { z } from 'zod';
import { basicProgrammeSchema } from '#shop/points/programme.ts';
import { answer, command, query, router } from '../trpc.ts';
import { awardPoints, awardSchema } from './award-points.ts';
import { previewAward, previewAwardSchema } from './preview-award.ts';
import { publishProgramme, showProgramme } from './programme.ts';
import { recentAwards, recentAwardsSchema } from './recent-awards.ts';
import { undoAward, undoSchema } from './undo-award.ts';

export const pointsRouter = router({
  award: command('points.award', 'points.award', awardSchema, awardPoints),
  previewAward: query('points.previewAward', 'points.award', previewAwardSchema, (scope, input) =>
    answer(previewAward(scope, input)),
  ),
  recentAwards: query('points.recentAwards', 'points.award', recentAwardsSchema, recentAwards),
  undo: command('points.undo', 'points.award', undoSchema, undoAward),
  programme: query('points.programme', 'customers.read', z.void(), (scope) => answer(showProgramme(scope))),
  publishProgramme: command('points.publishProgramme', 'programme.edit', basicProgrammeSchema, publishProgramme),
});
