import { z } from 'zod';
import { command, query, router, signedInMutation } from '../trpc.ts';
import {
  addMembers,
  addMembersSchema,
  countSegment,
  countSegmentSchema,
  dropSegment,
  listSegments,
  oneSegmentSchema,
  recomputeSegment,
  removeMember,
  removeMemberSchema,
  saveSegment,
  saveSegmentSchema,
  segmentMembers,
  segmentMembersSchema,
} from './segments.ts';

export const segmentsRouter = router({
  list: query('segments.list', 'customers.read', z.void(), listSegments),
  count: query('segments.count', 'customers.segments', countSegmentSchema, countSegment),
  members: query('segments.members', 'customers.read', segmentMembersSchema, segmentMembers),
  save: command('segments.save', 'customers.segments', saveSegmentSchema, saveSegment),
  drop: command('segments.drop', 'customers.segments', oneSegmentSchema, dropSegment),
  addMembers: command('segments.addMembers', 'customers.segments', addMembersSchema, addMembers),
  removeMember: command('segments.removeMember', 'customers.segments', removeMemberSchema, removeMember),
  recompute: signedInMutation('segments.recompute', 'customers.segments', oneSegmentSchema, recomputeSegment),
});
