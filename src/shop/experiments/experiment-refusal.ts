/** Why a command of experiments is refused. experiment-campaign-missing, -tried and experiment-use-not-counted: campaignId. */
export type ExperimentRefusal =
  | 'experiment-running'
  | 'experiment-ended'
  | 'experiment-campaign-missing'
  | 'experiment-campaign-tried'
  | 'experiment-arms-alike'
  | 'experiment-use-not-counted';
