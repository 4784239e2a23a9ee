/** Why a confirmation of the time is refused. */
export type TimeRefusal = 'clock-moved-again';
