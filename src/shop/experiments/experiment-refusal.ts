/** Why a command of experiments is refused. experiment-campaign-missing, experiment-use-not-counted: campaignId. */
export type ExperimentRefusal =
  | 'experiment-running'
  | 'experiment-ended'
  | 'experiment-campaign-missing'
  | 'experiment-use-not-counted';
