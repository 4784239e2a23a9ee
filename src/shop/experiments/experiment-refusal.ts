/** Why a command of experiments is refused. experiment-campaign-missing: campaignId. */
export type ExperimentRefusal = 'experiment-running' | 'experiment-ended' | 'experiment-campaign-missing';
