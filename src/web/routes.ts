import type { Action, View } from "./answer.ts";
import { askAction, chatsView, chatView, rateChatAction, startChatAction } from "./pages/chat.ts";
import { compareAction, compareView } from "./pages/compare.ts";
import { datasetsView, datasetTaskView, datasetView, taskView } from "./pages/datasets.ts";
import { genomesView, genomeView } from "./pages/genomes.ts";
import { auditView } from "./pages/audit.ts";
import { cancelAction, jobView } from "./pages/job.ts";
import { exportView, labelsView, pairsAction, tasksFile } from "./pages/labels.ts";
import { profilesView, profileView, rateSideAction, rollbackAction, trialAction } from "./pages/profiles.ts";
import { promoteAction } from "./pages/promotion.ts";
import { rateAction, rolloutView } from "./pages/rollout.ts";
import { pauseAction, resumeAction, runView, stopAction } from "./pages/run.ts";
import { runsView } from "./pages/runs.ts";
import { editAction, steerChildView } from "./pages/steer-child.ts";
import { steerAction, steerView } from "./pages/steer.ts";
import { checkAction, settingsView } from "./pages/settings.ts";
import { headroomAction, startAction, startView } from "./pages/start.ts";
import { runTasksView, runTaskView } from "./pages/tasks.ts";

/** What can be looked at. */
export const views: Readonly<Record<string, View>> = {
  "/": runsView,
  "/runs/new": startView,
  "/runs/:run": runView,
  "/runs/:run/steer": steerView,
  "/runs/:run/steer/:child": steerChildView,
  "/runs/:run/tasks": runTasksView,
  "/runs/:run/tasks/:task": runTaskView,
  "/rollouts/:key": rolloutView,
  "/tasks/:task": taskView,
  "/compare": compareView,
  "/genomes": genomesView,
  "/genomes/:reference": genomeView,
  "/datasets": datasetsView,
  "/datasets/:dataset": datasetView,
  "/datasets/:dataset/audit": auditView,
  "/datasets/:dataset/tasks/:task": datasetTaskView,
  "/labels": labelsView,
  "/labels/export": exportView,
  "/labels/tasks.jsonl": tasksFile,
  "/profiles": profilesView,
  "/profiles/:profile": profileView,
  "/chat": chatsView,
  "/chat/:chat": chatView,
  "/settings": settingsView,
  "/jobs/:job": jobView,
};

/** What can be done. */
export const actions: Readonly<Record<string, Action>> = {
  "/runs": startAction,
  "/runs/headroom": headroomAction,
  "/runs/:run/stop": stopAction,
  "/runs/:run/pause": pauseAction,
  "/runs/:run/resume": resumeAction,
  "/runs/:run/steer": steerAction,
  "/runs/:run/steer/:child": editAction,
  "/compare": compareAction,
  "/rollouts/:key": rateAction,
  "/labels/pairs": pairsAction,
  "/profiles/promote": promoteAction,
  "/profiles/:profile/rollback": rollbackAction,
  "/profiles/:profile/trial": trialAction,
  "/profiles/:profile/rate": rateSideAction,
  "/chat": startChatAction,
  "/chat/:chat": askAction,
  "/chat/:chat/rate": rateChatAction,
  "/settings/check": checkAction,
  "/jobs/:job/cancel": cancelAction,
};
